package dev.sallyport.server.access.user;

import java.time.Instant;
import java.util.List;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Grant;
import dev.sallyport.server.access.Open;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.access.Rights;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.NewPassword;
import dev.sallyport.server.access.account.SourceLimit;
import dev.sallyport.server.access.account.SourcePrefix;
import dev.sallyport.server.access.grant.Grants;
import dev.sallyport.server.web.Body;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import dev.sallyport.server.web.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/users} and {@code /api/v1/invitations}. What gives somebody more asks for the caller's password in the same request. */
@RestController
public final class UserController {
  private final Users users;
  private final Invitations invitations;
  private final Grants grants;
  private final Gate gate;
  private final Proof proof;
  private final NewPassword passwords;
  private final SourceLimit wrong;

  public UserController(Users users, Invitations invitations, Grants grants, Gate gate, Proof proof,
      NewPassword passwords, SourceLimit wrong) {
    this.users = users;
    this.invitations = invitations;
    this.grants = grants;
    this.gate = gate;
    this.proof = proof;
    this.passwords = passwords;
    this.wrong = wrong;
  }

  record Listed(List<UserView> users) {}

  record Order(@Nullable SecretText password, @Nullable String name, @Nullable String role) {}

  record Change(@Nullable SecretText password, @Nullable String role, @Nullable Boolean enabled) {}

  record Asked(@Nullable SecretText password) {}

  record Choice(@Nullable SecretText token, @Nullable SecretText password) {}

  /**
   * The only time the token is shown.
   *
   * @param path where the console takes it, behind the server's address
   */
  record Invitation(String name, String token, String path, Instant expires) {
    static Invitation of(Account account, Invitations.Made made) {
      return new Invitation(account.name(), made.secret(), "/#/invitation?token=" + made.secret(), made.expires());
    }

    @Override
    public String toString() {
      return "Invitation[" + name + "]";
    }
  }

  @Requires(ActionClass.ACCESS)
  @GetMapping("/api/v1/users")
  Listed list() {
    return new Listed(users.all().stream().map(this::view).toList());
  }

  @Requires(ActionClass.ACCESS)
  @PostMapping("/api/v1/users")
  @ResponseStatus(HttpStatus.CREATED)
  Invitation create(@RequestBody Order order, Operator operator, HttpServletRequest request) {
    String name = passwords.name(Body.required("name", order.name()));
    Role role = role(Body.required("role", order.role()));
    refuseMore(operator, Rights.everywhere(role));
    proof.check(operator, order.password(), request);
    Users.Invited made = users.create(name, role, operator);
    return Invitation.of(made.account(), made.invitation());
  }

  /** {@code role} and {@code enabled}; shutting an account is the one change that asks for no password, because it may be urgent. */
  @Requires(ActionClass.ACCESS)
  @PatchMapping("/api/v1/users/{id}")
  UserView change(@PathVariable String id, @RequestBody Change change, Operator operator, HttpServletRequest request) {
    Account account = find(id);
    Role role = change.role() == null ? account.role() : role(change.role());
    boolean enabled = change.enabled() == null ? account.enabled() : change.enabled();
    if (change.role() != null || enabled) {
      refuseMore(operator, Rights.everywhere(role));
      proof.check(operator, change.password(), request);
    }
    return view(users.change(account, role, enabled));
  }

  /** Makes a one-time link to a new password. */
  @Requires(ActionClass.ACCESS)
  @PostMapping("/api/v1/users/{id}/invitation")
  @ResponseStatus(HttpStatus.CREATED)
  Invitation invite(@PathVariable String id, @RequestBody Asked asked, Operator operator, HttpServletRequest request) {
    Account account = find(id);
    refuseMore(operator, grants.rights(account, Role.OWNER));
    proof.check(operator, asked.password(), request);
    return Invitation.of(account, users.invite(account, operator));
  }

  @Open("whoever was invited has no password yet; needs the one-time token of the link, throttled")
  @PostMapping("/api/v1/invitations")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void accept(@RequestBody Choice choice, HttpServletRequest request) {
    String source = SourcePrefix.of(request);
    try (SecretText token = Body.required("token", choice.token());
        SecretText password = Body.required("password", choice.password())) {
      wrong.begin(source);
      Account account = invitations.find(token).orElseThrow(UserController::noInvitation);
      wrong.takeBack(source);
      String hash = passwords.hash(account.name(), password);
      if (!invitations.use(token, account.id(), hash)) {
        throw noInvitation();
      }
      users.passwordChanged(account);
    }
  }

  /** Nobody makes, raises or takes over an account that may what they may not themselves (T10). */
  private void refuseMore(Operator operator, Rights rights) {
    for (Grant grant : rights.grants()) {
      grant.role().classes().stream().filter(each -> !gate.mayEverywhere(operator, each)).findAny().ifPresent(each -> {
        throw new ProblemException(Problem.forbidden(
            "That account would hold or holds '" + each.word() + "', which you do not hold.",
            "Ask somebody who does."));
      });
    }
  }

  private UserView view(Account account) {
    return UserView.of(account, grants.of(account.id()));
  }

  private Account find(String id) {
    return users.find(id).orElseThrow(() -> new ProblemException(Problem.notFound("There is no such account.")));
  }

  private static Role role(String word) {
    return Role.ofWord(word).orElseThrow(() -> new ProblemException(Problem.invalidField("role",
        "An account's own role is one of those that come with the server.",
        "Use viewer, operator, technician, admin, owner or none; roles of your own are granted.")));
  }

  private static ProblemException noInvitation() {
    return new ProblemException(Problem.forbidden("This link was used, is too old, or never was.",
        "Ask an owner for a new one."));
  }
}
