package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {
  @TempDir
  Path home;

  @ParameterizedTest
  @ValueSource(strings = {"demo", "login", "logout", "machines", "machines approve",
      "machines revoke", "run", "queue", "directive", "directive show", "directive list",
      "directive cancel", "do", "actions", "actions list", "actions show", "procedure", "procedure list",
      "procedure show", "procedure validate",
      "procedure save", "procedure diff", "procedure run", "procedure delete", "schedule", "schedule create",
      "schedule list", "schedule show", "schedule enable",
      "schedule disable", "schedule delete", "schedule run", "sites", "sites list", "sites connection",
      "machines connection", "machines tag", "users", "users create", "users invite", "users change", "users grant",
      "users ungrant", "roles", "roles set", "roles delete", "audit", "audit search", "audit tail", "audit prove",
      "audit export",
      "audit verify", "inventory", "inventory take", "software", "enrol-token"})
  void everyCommandExplainsItself(String command) {
    var call = Call.with(Map.of(), "", (command + " --help").split(" "));
    assertThat(call.exit()).isEqualTo(ExitCode.OK);
    assertThat(call.out()).startsWith("Usage: sallyport " + command);
  }

  @Test
  void withoutACommandTheListIsPointedTo() {
    var call = Call.with(Map.of(), "");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("a command is missing", "enrol-token", "machines");
    assertThat(call.out()).isEmpty();
  }

  @Test
  void aCommandThatDoesNotExistIsAnsweredWithThoseThatDo() {
    assertThat(Call.with(Map.of(), "", "xyzzy").err()).contains("there is no command 'xyzzy'");
    var call = Call.with(Map.of(), "", "directive", "delete");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("there is no command 'delete'", "cancel");
  }

  @Test
  void anOptionOfTheCommandToRunIsToldWhereItBelongs() {
    var call = Call.with(Map.of(), "", "run", "--on", "web", "ls", "-la");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("no option '-la'", "put -- before the command");
  }

  @Test
  void aWordTooManyIsNamed() {
    var call = Call.with(Map.of(), "", "machines", "web", "mail");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("'mail' is one word too many");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run --json", "machines --json --state", "enrol-token --json --expires x",
      "directive show --json",
      "directive list --json 1 2"})
  void wrongUsageIsJsonToo(String arguments) {
    var call = Call.with(Map.of(), "", arguments.split(" "));
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).startsWith("{\"code\":\"usage\",\"error\":\"").contains("--help").hasLineCount(1);
  }

  @Test
  void jsonBehindTheDashesBelongsToTheCommandToRun() {
    var call = Call.with(Map.of(), "", "run", "--time-limit", "x", "--", "tool", "--json");
    assertThat(call.err()).startsWith("sallyport: ");
  }

  @Test
  void aNameThatIsNotKnownIsToldAsSuch() {
    var environment = Map.of("HOME", home.toString(), "SALLYPORT_SERVER", "https://no-such-host.invalid",
        "SALLYPORT_TOKEN", "x");
    var call = Call.with(environment, "", "machines");
    assertThat(call.exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(call.err()).contains("no-such-host.invalid is not known here");
  }

  @Test
  void aMistypedCommandIsGuessed() {
    var call = Call.with(Map.of(), "", "machine");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("machines");
  }

  @Test
  void withoutALogInTheWayToItIsTold() {
    var call = Call.with(Map.of("HOME", home.toString()), "", "machines");
    assertThat(call.exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(call.err()).contains("sallyport login https://SERVER");
    assertThat(call.out()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    var environment = Map.of("HOME", home.toString(), "SALLYPORT_SERVER", "https://127.0.0.1:9", "SALLYPORT_TOKEN",
        "x");
    var call = Call.with(environment, "", "machines", "--json");
    assertThat(call.exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(call.err()).contains("\"code\":\"unreachable\"", "https://127.0.0.1:9", "refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://server", "https://", "https://server/path", "ftp://server", "https://a b"})
  void anAddressThatIsNoneIsRefused(String address) {
    var call = Call.with(Map.of("HOME", home.toString()), "", "login", address, "--user", "u", "--password-stdin");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).isNotEmpty().doesNotContain("internal fault");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "h", "-1h", "1.5h", "10w", "99999999999s", ""})
  void aDurationThatIsNoneIsRefused(String duration) {
    var call = Call.with(Map.of("HOME", home.toString()), "", "enrol-token", "--expires", duration);
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("30m");
  }

  @Test
  @DisplayName("T33 an argument that begins with @ is text: no file is read because of it")
  void argumentsAreNeverExpanded() throws Exception {
    Path secret = java.nio.file.Files.writeString(home.resolve("secret"), "--help");
    var call = Call.with(Map.of("HOME", home.toString()), "", "machines", "@" + secret);
    assertThat(call.exit()).isEqualTo(ExitCode.NOT_PERMITTED);
  }
}
