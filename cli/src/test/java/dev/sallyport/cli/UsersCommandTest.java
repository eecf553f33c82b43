package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsersCommandTest {
  private static final String VERA = "{\"id\":\"u1\",\"name\":\"vera\",\"role\":\"none\",\"enabled\":true,\"grants\":["
      + "{\"id\":\"g1\",\"role\":\"technician\",\"scope\":\"tag:web\",\"window\":{\"from\":\"08:00\"}}]}";
  private static final String LINK = "{\"name\":\"vera\",\"token\":\"t\",\"path\":\"/#/invitation?token=t\","
      + "\"expires\":\"2026-11-25T08:00:00Z\"}";

  @TempDir
  Path home;

  @SuppressWarnings("NullAway.Init")
  private FakeApi api;
  @SuppressWarnings("NullAway.Init")
  private Map<String, String> environment;

  @BeforeEach
  void startServer() throws Exception {
    api = new FakeApi(home);
    environment = api.environment(home);
    api.json("GET /api/v1/users", 200, "{\"users\":[" + VERA + "]}");
    api.json("POST /api/v1/users", 201, LINK);
    api.json("POST /api/v1/users/vera/invitation", 201, LINK);
    api.json("PATCH /api/v1/users/vera", 200, VERA);
    api.json("POST /api/v1/users/vera/grants", 201, "{\"id\":\"g2\",\"role\":\"viewer\",\"scope\":\"all\"}");
    api.json("GET /api/v1/roles", 200, "{\"roles\":[{\"name\":\"viewer\",\"classes\":[\"read\"],\"builtIn\":true}]}");
    api.json("PUT /api/v1/roles/night", 200, "{\"name\":\"night\",\"classes\":[\"read\"],\"builtIn\":false}");
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private Call call(String typed, String... arguments) {
    return Call.with(environment, typed, arguments);
  }

  private String sent(String method) {
    return api.calls().stream().filter(c -> c.method().equals(method)).reduce((_, last) -> last).orElseThrow().body();
  }

  @Test
  void usersAndTheirGrantsAreListed() {
    assertThat(call("", "users").out()).contains("vera", "none", "enabled", "technician on tag:web at times");
    assertThat(call("", "roles").out()).contains("viewer", "read");
  }

  @Test
  void aNewUserGetsALink() {
    var made = call("my own words\n", "users", "create", "vera", "--role", "viewer", "--password-stdin");
    assertThat(made.exit()).isZero();
    assertThat(made.out()).contains("works once", "/#/invitation?token=t").doesNotContain("my own words");
    assertThat(sent("POST")).contains("\"name\":\"vera\"", "\"role\":\"viewer\"", "\"password\":\"my own words\"");
    assertThat(call("p\n", "users", "invite", "vera", "--password-stdin").out()).contains("/#/invitation?token=t");
  }

  @Test
  void aGrantNamesItsMachinesAndHours() {
    var granted = call("p\n", "users", "grant", "vera", "viewer", "all", "--window", "mon-fri 08:00-18:00 UTC",
        "--password-stdin");
    assertThat(granted.exit()).isZero();
    assertThat(granted.out()).contains("sallyport users ungrant vera g2");
    assertThat(sent("POST")).contains("\"scope\":\"all\"", "\"from\":\"08:00\"", "\"mon\"");
    assertThat(call("p\n", "roles", "set", "night", "read", "act", "--password-stdin").exit()).isZero();
    assertThat(sent("PUT")).contains("[\"read\",\"act\"]");
  }

  @Test
  void shuttingAnAccountAsksForNoPassword() {
    assertThat(call("", "users", "change", "vera", "--disable").exit()).isZero();
    assertThat(sent("PATCH")).isEqualTo("{\"enabled\":false}");
    var nothing = call("", "users", "change", "vera");
    assertThat(nothing.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(nothing.err()).contains("--role, --disable or --enable");
    assertThat(call("", "users", "change", "vera", "--role", "admin", "--password-stdin").err())
        .contains("ended before the password");
  }
}
