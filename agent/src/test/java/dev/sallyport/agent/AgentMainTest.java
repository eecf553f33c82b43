package dev.sallyport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.state.StateDirectory;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.enrol.SignedBundle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get to read, and scripts as exit codes, when something is not as it should be. */
@EnabledOnOs(OS.LINUX)
@Timeout(240)
final class AgentMainTest {
  private static final String SITE = "018f6a3c-0000-7000-8000-000000000001";
  private static final ServerKey KEY = new ServerKey(0, Bytes.of(new byte[ServerKey.KEY_BYTES]));

  @TempDir
  private Path folder;
  private final KeyPair installer = ed25519();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private ExitCode run(String... args) {
    return runWith("", args);
  }

  private ExitCode runWith(String input, String... args) {
    out.reset();
    err.reset();
    return AgentMain.run(args, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), print(out),
        print(err));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The one line that tells what is wrong. */
  private String complaint() {
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).singleElement().asString().startsWith("sallyport-agent: ");
    return err.toString(StandardCharsets.UTF_8);
  }

  private String state() {
    return folder.resolve("state").toString();
  }

  /** A bundle whose server nobody has seen. */
  private String bundle(String site) {
    var token = new EnrolToken(Bytes.of(new byte[EnrolToken.ID_BYTES]), new byte[EnrolToken.SECRET_BYTES]);
    return SignedBundle.sign(EnrolBundle.of(site, List.of(URI.create("wss://127.0.0.1:1/agent")), List.of(KEY), token,
        Instant.now().plusSeconds(3_600)), installer).text();
  }

  private StateDirectory enrolled() throws IOException {
    StateDirectory directory = StateDirectory.openOrCreate(Path.of(state()));
    new Membership("the-machine", SITE, List.of("wss://127.0.0.1:1/agent"), List.of(KEY), List.of(),
        Bytes.of(new byte[EnrolBundle.SHA256_BYTES]), Instant.now()).store(directory.files());
    return directory;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"''|no command given", "frobnicate|unknown command frobnicate",
      "--bogus run|unknown option --bogus", "-x run|unknown option -x", "--bogus=1 run|unknown option --bogus",
      "run --state|--state needs a value", "run --at-once 0|--at-once takes 1 to 1000",
      "run --proxy gopher://p|a proxy's protocol is http, https, socks5 or socks4a",
      "run --proxy|--proxy needs a value", "run --at-once x|is no number",
      "run now|run takes no \"now\"", "status now|status takes no \"now\"", "enrol|enrol takes one bundle",
      "enrol a b|enrol takes one bundle"})
  void aWrongCommandLineIsToldWithTheWordThatIsWrong(String line, String complaint) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");

    assertThat(run(args)).isEqualTo(ExitCode.USAGE);
    assertThat(complaint()).contains(complaint).contains("see sallyport-agent --help");
  }

  @Test
  void helpAndVersionAreNoErrors() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(said()).contains("enrol").contains("Exit codes");
    assertThat(run("enrol", "--help")).isEqualTo(ExitCode.OK);
    assertThat(run("--version")).isEqualTo(ExitCode.OK);
    assertThat(said()).startsWith("sallyport-agent ");
  }

  @Test
  void aBundleThatIsNoneIsToldAndLeavesNothingBehind() throws IOException {
    String good = bundle(SITE);
    for (String bad : List.of("garbage!", good.substring(3), good.substring(0, good.length() - 9), "{}", "[]")) {
      assertThat(run("enrol", bad, "--state", state())).as(bad).isEqualTo(ExitCode.DATA);
      assertThat(complaint()).contains("the bundle is damaged").contains("copy the whole line");
    }
    assertThat(runWith(" \n", "enrol", "-", "--state", state())).isEqualTo(ExitCode.DATA);
    assertThat(complaint()).contains("the bundle is empty");
    assertThat(run("enrol", "--bundle", folder.resolve("none").toString(), "--state", state()))
        .isEqualTo(ExitCode.DATA);
    assertThat(complaint()).contains("there is no file");
    assertThat(run("enrol", "--bundle", folder.toString(), "--state", state())).isEqualTo(ExitCode.DATA);
    assertThat(complaint()).contains("cannot be read");
    assertThat(Path.of(state())).doesNotExist();
  }

  @Test
  void aServerThatCannotBeReachedIsTold() {
    assertThat(run("enrol", bundle(SITE), "--state", state())).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(complaint()).contains("wss://127.0.0.1:1/agent");
  }

  @Test
  @DisplayName("a line pasted again changes nothing, also while the agent runs, and its bundle does not stay on the disk")
  void enrollingAgainChangesNothing() throws IOException {
    StateDirectory directory = enrolled();
    Path file = Files.writeString(folder.resolve("bundle"), bundle(SITE));

    assertThat(run("enrol", "--state=" + state(), "--bundle=" + file)).isEqualTo(ExitCode.OK);
    assertThat(said()).contains("enrolled already as the-machine").contains("nothing was changed");
    assertThat(file).doesNotExist();
    FileLock running = directory.lock().orElseThrow();
    assertThat(run("enrol", bundle(SITE), "--state", state())).isEqualTo(ExitCode.OK);
    running.channel().close();
  }

  @Test
  @DisplayName("T24 a machine does not change its owner by a pasted line")
  void anotherOwnersBundleIsRefused() throws IOException {
    enrolled();
    Path file = Files.writeString(folder.resolve("bundle"), bundle("018f6a3c-0000-7000-8000-000000000002"));

    assertThat(run("enrol", "--bundle", file.toString(), "--state", state())).isEqualTo(ExitCode.STATE);
    assertThat(complaint()).contains("already belongs to wss://127.0.0.1:1/agent").contains("remove " + state());
    assertThat(file).exists();
  }

  @Test
  void aSecondAgentIsToldWhereTheFirstOneLives() throws IOException {
    FileLock running = enrolled().lock().orElseThrow();

    assertThat(run("run", "--state", state())).isEqualTo(ExitCode.ALREADY_RUNNING);
    assertThat(complaint()).contains("another agent uses the state directory " + state()).contains("--state");
    running.channel().close();
  }

  @Test
  @DisplayName("T24 status tells whose the machine is and whether its agent runs")
  void statusTellsWhetherTheAgentRuns() throws IOException {
    StateDirectory directory = enrolled();

    assertThat(run("status", "--state", state())).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(said()).contains("the-machine").contains("wss://127.0.0.1:1/agent")
        .contains("not running; start it with");
    FileLock running = directory.lock().orElseThrow();
    assertThat(run("status", "--state", state())).isEqualTo(ExitCode.OK);
    assertThat(said()).contains("running, not connected");
    Files.writeString(Path.of(state(), "contact"), "damaged");
    assertThat(run("status", "--state", state())).isEqualTo(ExitCode.OK);
    assertThat(said()).contains("the-machine").contains("running; its note of the link cannot be read");
    running.channel().close();
  }

  @Test
  void aMachineThatIsNotEnrolledIsToldHow() throws IOException {
    StateDirectory.openOrCreate(Path.of(state()));
    for (String command : List.of("run", "status")) {
      assertThat(run(command, "--state", state())).isEqualTo(ExitCode.STATE);
      assertThat(complaint()).contains("not enrolled").contains("paste the line");
      assertThat(run(command, "--state", folder.resolve("none").toString())).isEqualTo(ExitCode.STATE);
      assertThat(complaint()).contains("there is no state directory");
    }
  }

  @Test
  @DisplayName("T42 a state directory that others could reach, or that is none, is refused")
  void anUnsafeStateDirectoryIsRefused() throws IOException {
    enrolled();
    Files.setPosixFilePermissions(Path.of(state()), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(run("run", "--state", state())).isEqualTo(ExitCode.STATE);
    assertThat(complaint()).contains("open to others").contains("chmod 700 " + state());

    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run("enrol", bundle(SITE), "--state", file.toString())).isEqualTo(ExitCode.STATE);
    assertThat(complaint()).contains("is a link or a file");
    assertThat(run("enrol", bundle(SITE), "--state", file.resolve("below").toString()))
        .isEqualTo(ExitCode.CANNOT_STORE);
    assertThat(complaint()).contains("cannot use the state directory").contains(file.toString());
  }

  @Test
  void damagedStateIsNamedWithWhatToDo() throws IOException {
    enrolled();
    Path membership = Path.of(state(), "membership");
    byte[] bytes = Files.readAllBytes(membership);
    bytes[20] ^= 1;
    Files.write(membership, bytes);

    for (String command : List.of("run", "status")) {
      assertThat(run(command, "--state", state())).isEqualTo(ExitCode.STATE);
      assertThat(complaint()).contains("\"membership\" is damaged").contains("restore the state directory");
    }
    assertThat(Files.readAllBytes(membership)).as("kept for whoever can restore it").isEqualTo(bytes);
  }
}
