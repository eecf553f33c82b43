package dev.sallyport.server.access.user;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Grant;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.Scope;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.grant.Grants;
import dev.sallyport.server.store.Identifiers;
import dev.sallyport.server.time.Window;
import dev.sallyport.server.web.EventStreams;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import dev.sallyport.server.web.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/roles} and {@code /api/v1/users/{id}/grants}. Nobody gives away more than they hold themselves (T10). */
@RestController
public final class GrantController {
  /** An owner's own roles. */
  static final int MAX_ROLES = 100;
  /** Grants of one account. */
  static final int MAX_GRANTS = 100;
  private static final int MAX_SCOPE_LENGTH = 100;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  private final Users users;
  private final Grants grants;
  private final Gate gate;
  private final Proof proof;
  private final EventStreams streams;
  private final InstantSource clock;

  public GrantController(Users users, Grants grants, Gate gate, Proof proof, EventStreams streams,
      InstantSource clock) {
    this.users = users;
    this.grants = grants;
    this.gate = gate;
    this.proof = proof;
    this.streams = streams;
    this.clock = clock;
  }

  record Roles(List<RoleView> roles) {}

  /** @param builtIn whether it came with the server and cannot be changed */
  record RoleView(String name, List<String> classes, boolean builtIn) {
    static RoleView of(Role role, boolean builtIn) {
      return new RoleView(role.word(),
          Arrays.stream(ActionClass.values()).filter(role::may).map(ActionClass::word).toList(), builtIn);
    }
  }

  record RoleOrder(@Nullable SecretText password, @Nullable List<String> classes) {}

  record GrantOrder(@Nullable SecretText password, @Nullable String role, @Nullable String scope,
      @Nullable ObjectNode window) {}

  @Requires(ActionClass.ACCESS)
  @GetMapping("/api/v1/roles")
  Roles list() {
    return new Roles(Stream.concat(Role.builtIn().stream().map(role -> RoleView.of(role, true)),
        grants.roles().stream().map(role -> RoleView.of(role, false))).toList());
  }

  /** Makes a role, or gives it other classes; whoever was granted it may at once what it holds then. */
  @Requires(ActionClass.ACCESS)
  @PutMapping("/api/v1/roles/{name}")
  RoleView put(@PathVariable String name, @RequestBody RoleOrder order, Operator operator,
      HttpServletRequest request) {
    if (!NAME.matcher(name).matches() || Role.ofWord(name).isPresent()) {
      throw wrong("name", "This cannot be the name of a role of your own.",
          "Use 1 to 40 letters a-z, digits and -; the five that come with the server stay as they are.");
    }
    var role = new Role(name, classes(order.classes() == null ? List.of() : order.classes()));
    refuseMore(operator, role);
    proof.check(operator, order.password(), request);
    if (!grants.put(role, clock.millis(), MAX_ROLES)) {
      throw new ProblemException(Problem.conflict("too-many-roles", "There are " + MAX_ROLES + " roles already.",
          "Delete one that is not granted."));
    }
    return RoleView.of(role, false);
  }

  @Requires(ActionClass.ACCESS)
  @DeleteMapping("/api/v1/roles/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String name) {
    switch (grants.delete(name)) {
      case GONE -> {
        return;
      }
      case UNKNOWN -> throw new ProblemException(Problem.notFound("There is no role of your own of this name."));
      case GRANTED -> throw new ProblemException(
          Problem.conflict("role-granted", "Somebody was granted this role.", "Take it away from them first."));
    }
  }

  @Requires(ActionClass.ACCESS)
  @PostMapping("/api/v1/users/{id}/grants")
  @ResponseStatus(HttpStatus.CREATED)
  UserView.GrantView grant(@PathVariable String id, @RequestBody GrantOrder order, Operator operator,
      HttpServletRequest request) {
    Account account = find(id);
    Role role = Optional.ofNullable(order.role()).filter(word -> !word.equals(Role.NONE.word())).flatMap(grants::role)
        .orElseThrow(() -> wrong("role", "There is no such role.", "GET /api/v1/roles lists those there are."));
    Scope scope = scope(order.scope() == null ? "" : order.scope());
    Window window = order.window() == null
        ? new Window.Always()
        : window(order.window());
    refuseMore(operator, role);
    proof.check(operator, order.password(), request);
    if (grants.of(account.id()).size() >= MAX_GRANTS) {
      throw new ProblemException(Problem.conflict("too-many-grants",
          "This account has " + MAX_GRANTS + " grants.", "Take one away, or use a tag for several machines."));
    }
    var grant = new Grant(Identifiers.next(clock.millis()), role, scope, window);
    grants.add(account.id(), grant, clock.millis(), operator.name());
    return UserView.GrantView.of(grant);
  }

  @Requires(ActionClass.ACCESS)
  @DeleteMapping("/api/v1/users/{id}/grants/{grant}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void takeAway(@PathVariable String id, @PathVariable String grant) {
    Account account = find(id);
    if (!grants.remove(account.id(), grant)) {
      throw new ProblemException(Problem.notFound("This account has no such grant."));
    }
    streams.close(holder -> holder.account().equals(account.id()));
  }

  private void refuseMore(Operator operator, Role role) {
    role.classes().stream().filter(each -> !gate.mayEverywhere(operator, each)).findAny().ifPresent(each -> {
      throw new ProblemException(Problem.forbidden("The role holds '" + each.word() + "', which you do not hold.",
          "Ask somebody who does."));
    });
  }

  private static Set<ActionClass> classes(List<String> words) {
    Set<ActionClass> classes = EnumSet.noneOf(ActionClass.class);
    for (String word : words) {
      classes.add(ActionClass.ofWord(word).orElseThrow(() -> wrong("classes", "There is no class " + word + ".",
          "Use some of " + String.join(", ", Arrays.stream(ActionClass.values()).map(ActionClass::word).toList())
              + ".")));
    }
    if (!classes.contains(ActionClass.READ)) {
      throw wrong("classes", "A role without 'read' could see nothing of what it does.", "Add read.");
    }
    return classes;
  }

  private static Window window(ObjectNode given) {
    byte[] json = given.toString().getBytes(StandardCharsets.UTF_8);
    return JsonBody.checked("window", () -> Window.fromJson(Json.parseObject(json, JsonLimits.DEFAULT)));
  }

  private static Scope scope(String word) {
    try {
      return Scope.ofWord(word.substring(0, Math.min(word.length(), MAX_SCOPE_LENGTH)));
    } catch (ProtocolException e) {
      throw wrong("scope", "This says of no machines.",
          "Use all, tag:NAME, machine:ID or site:ID; `sallyport machines tag` gives machines tags.");
    }
  }

  private Account find(String id) {
    return users.find(id).orElseThrow(() -> new ProblemException(Problem.notFound("There is no such account.")));
  }

  private static ProblemException wrong(String field, String detail, String fix) {
    return new ProblemException(Problem.invalidField(field, detail, fix));
  }
}
