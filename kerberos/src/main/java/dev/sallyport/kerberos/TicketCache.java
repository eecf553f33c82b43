package dev.sallyport.kerberos;

import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/** What this account has got from its realm, as {@code kinit} left it; nobody is asked for a password. */
final class TicketCache extends Configuration {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  private TicketCache() {
  }

  /** @throws LoginException if it holds no ticket that is valid now */
  static Subject owner() throws LoginException {
    var login = new LoginContext("sallyport", new Subject(), null, new TicketCache());
    login.login();
    return login.getSubject();
  }

  @Override
  public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
    return new AppConfigurationEntry[]{
        new AppConfigurationEntry(MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
            Map.of("useTicketCache", "true", "doNotPrompt", "true"))};
  }
}
