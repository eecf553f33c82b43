package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import dev.sallyport.cli.api.CertificateProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginCommandTest {
  @TempDir
  Path home;

  @SuppressWarnings("NullAway.Init")
  private FakeApi api;

  @BeforeEach
  void startServer() throws Exception {
    api = new FakeApi(home);
    api.json("POST /api/v1/tokens", 200,
        "{\"token\":\"the-secret\",\"id\":\"t1\",\"expires\":\"2026-12-01T00:00:00Z\"}");
    api.json("GET /api/v1/machines", 200, "{\"machines\":[],\"next\":null}");
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private Map<String, String> environment() {
    return Map.of("HOME", home.toString());
  }

  private Path login() {
    return home.resolve(".config/sallyport/login.json");
  }

  @Test
  void theFingerprintIsShownAndAfterYesRemembered() throws Exception {
    var call = Call.with(environment(), "yes\nsecret password\n", "login", api.uri().toString(), "--user", "ann",
        "--password-stdin");
    assertThat(call.exit()).isZero();
    assertThat(call.err()).contains(CertificateProbe.fingerprint(api.uri()));
    assertThat(call.out()).contains("Logged in").doesNotContain("the-secret", "secret password");
    assertThat(Files.getPosixFilePermissions(login())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(login())).contains("the-secret").doesNotContain("secret password");
    assertThat(Call.with(environment(), "", "machines").exit()).isZero();
    assertThat(api.calls().getLast().authorization()).isEqualTo("Bearer the-secret");
  }

  @Test
  void withoutYesNothingIsSentAndNothingIsKept() {
    var call = Call.with(environment(), "no\nsecret\n", "login", api.uri().toString(), "--user", "ann",
        "--password-stdin");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(api.calls()).isEmpty();
    assertThat(login()).doesNotExist();
  }

  @Test
  @DisplayName("T20 a certificate other than the pinned one gets neither name nor password")
  void anotherCertificateThanThePinnedOneIsRefused() {
    var call = Call.with(environment(), "secret\n", "login", api.uri().toString(), "--user", "ann", "--password-stdin",
        "--pin", "sha256:" + "ab".repeat(32));
    assertThat(call.exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(call.err()).contains("not trusted");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void aConnectionThatBreaksBeforeAnyCertificateIsNotBlamedOnIt() throws Exception {
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> {
        while (!listener.isClosed()) {
          try {
            listener.accept().close();
          } catch (IOException e) {
            return; // the test is over
          }
        }
      });
      var call = Call.with(environment(), "secret\n", "login", "https://localhost:" + listener.getLocalPort(), "--user",
          "ann", "--password-stdin", "--pin", "sha256:" + "ab".repeat(32));
      assertThat(call.exit()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(call.err()).doesNotContain("not trusted").contains("https://localhost:" + listener.getLocalPort());
    }
  }

  @Test
  void aPinThatIsNoFingerprintIsRefused() {
    var call = Call.with(environment(), "", "login", api.uri().toString(), "--pin", "abc");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("64 hexadecimal digits");
  }

  @Test
  void whereNobodyAnswersTheWayWithoutQuestionsIsTold() {
    var call = Call.with(environment(), "", "login", api.uri().toString(), "--user", "ann", "--password-stdin");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("--pin");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void aRefusedValueIsToldWithItsName() {
    api.json("POST /api/v1/tokens", 400,
        "{\"code\":\"invalid-field\",\"detail\":\"The text is too long.\",\"field\":\"label\",\"fix\":\"Use 100 characters.\"}");
    var call = Call.with(environment(), "yes\nsecret\n", "login", api.uri().toString(), "--user", "ann",
        "--password-stdin");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("label: The text is too long.", "Use 100 characters.");
  }

  @Test
  void aWrongPasswordIsToldAndNothingKept() {
    api.json("POST /api/v1/tokens", 401, "{\"code\":\"wrong-credentials\",\"detail\":\"name or password is wrong\"}");
    var call = Call.with(environment(), "yes\nwrong\n", "login", api.uri().toString(), "--user", "ann",
        "--password-stdin");
    assertThat(call.exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(call.err()).contains("name or password is wrong");
    assertThat(login()).doesNotExist();
  }

  @Test
  void aDamagedLogInFileIsNamedWithTheWayOut() throws Exception {
    Files.createDirectories(login().getParent());
    Files.writeString(login(), "{\"server\":");
    var call = Call.with(environment(), "", "machines");
    assertThat(call.exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(call.err()).contains("damaged", login().toString());
  }

  @Test
  void loggingOutForgetsEvenADeadToken() throws Exception {
    Call.with(environment(), "yes\nsecret\n", "login", api.uri().toString(), "--user", "ann", "--password-stdin");
    api.json("DELETE /api/v1/tokens/current", 401, "{\"code\":\"not-authenticated\"}");
    assertThat(Call.with(environment(), "", "logout").exit()).isZero();
    assertThat(login()).doesNotExist();
  }
}
