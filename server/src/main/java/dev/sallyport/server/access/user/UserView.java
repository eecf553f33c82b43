package dev.sallyport.server.access.user;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.sallyport.server.access.Grant;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.time.Window;
import org.jspecify.annotations.Nullable;

/**
 * An account as those who look after accounts see it.
 *
 * @param role its own, for everything and always
 * @param grants roles for some machines or times besides
 */
record UserView(String id, String name, String role, boolean enabled, List<GrantView> grants) {
  static UserView of(Account account, List<Grant> grants) {
    return new UserView(account.id(), account.name(), account.role().word(), account.enabled(),
        grants.stream().map(GrantView::of).toList());
  }

  /** @param window JSON; left out if the grant always holds */
  record GrantView(String id, String role, String scope,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable String window) {
    static GrantView of(Grant grant) {
      return new GrantView(grant.id(), grant.role().word(), grant.scope().word(),
          grant.window() instanceof Window.Hours hours ? hours.toJson().text() : null);
    }
  }
}
