package dev.sallyport.operation.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.operation.process.ProcessRunner;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.UserOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The real thing: sessions as the machine shows them, windows on a real X server, a mouse. Where root runs the test, somebody else sits at the desk, so
 * the window is that account's.
 */
@EnabledOnOs(OS.LINUX)
@DisplayName("K8 message at once, message behind a flashing icon, question to the user")
final class DialogsOnScreenTest {
  private static final OperationContext CONTEXT = new OperationContext(
      new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"), (channel, bytes, offset, length) -> {
      });
  /** Longer than any of this takes. */
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String MESSAGE = "A message for you";
  private static final String QUESTION = "A question for you";
  private static final int ACCENT = 0xff0b6e72;
  private static final int PAPER = 0xffffffff;

  private static Desk desk;
  private static Path program;
  private static UserOperations operations;
  private static String person;

  @BeforeAll
  static void somebodySitsDown() throws IOException {
    desk = Desk.open();
    boolean root = LinuxSessions.owner(Path.of("/proc/self/status").toRealPath()) == 0;
    person = root ? "nobody" : System.getProperty("user.name");
    if (root) {
      desk.start("/usr/bin/setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "sleep", "3600");
    } else {
      desk.start("sleep", "3600");
    }
    program = readableByAll();
    System.setProperty(DialogProgram.CLASS_PATH, program.toString());
    operations = UserOperations.ofLinux(Path.of("/"),
        new SystemTool(ProcessRunner.create(new LinuxProcessTable(Path.of("/proc")))));
    Await.until(() -> sessions().stream().anyMatch(DialogsOnScreenTest::isHere), "the session");
  }

  /** The program as it was just built, at a place that other accounts can read. */
  private static Path readableByAll() throws IOException {
    Path source = Stream.of(System.getProperty("java.class.path").split(":", -1)).map(Path::of)
        .filter(entry -> entry.toString().contains("dialog")).findFirst().orElseThrow();
    Path copy = Files.createTempDirectory("dialog");
    if (Files.isDirectory(source)) {
      Path home = copy.resolve("dev/sallyport/dialog");
      Files.createDirectories(home);
      try (Stream<Path> classes = Files.list(source.resolve("dev/sallyport/dialog"))) {
        for (Path file : classes.toList()) {
          Files.copy(file, home.resolve(file.getFileName()));
        }
      }
    } else {
      Files.copy(source, copy.resolve("dialog.jar"));
    }
    try (Stream<Path> all = Files.walk(copy)) {
      for (Path file : all.toList()) {
        Files.setPosixFilePermissions(file,
            PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
    return Files.isDirectory(source) ? copy : copy.resolve("dialog.jar");
  }

  @AfterAll
  static void everybodyLeaves() throws IOException {
    System.clearProperty(DialogProgram.CLASS_PATH);
    if (desk != null) {
      desk.close();
    }
    if (program != null) {
      Path copy = Files.isDirectory(program) ? program : program.getParent();
      try (Stream<Path> all = Files.walk(copy)) {
        for (Path file : all.sorted((one, other) -> other.compareTo(one)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<JsonObject> sessions() {
    return operations.run(new UserOperation.Sessions(), CONTEXT).value().objects("sessions", 99);
  }

  private static boolean isHere(JsonObject session) {
    return session.string("display", "").equals(desk.display()) && session.string("user").equals(person);
  }

  private static CompletableFuture<Ending> begin(UserOperation operation) {
    return CompletableFuture.supplyAsync(() -> operations.run(operation, CONTEXT),
        task -> Thread.ofPlatform().start(task));
  }

  private static UserOperation.Words words(String title, String text, Duration time) {
    return new UserOperation.Words(title, text, person, time);
  }

  /** Another screen of this account may be there, too: only that of this test counts. */
  private static JsonObject told(CompletableFuture<Ending> running) {
    Ending ending = running.join();
    assertThat(ending.outcome()).as(ending.reason()).isEqualTo(Outcome.DONE);
    return ending.value().objects("sessions", 99).stream()
        .filter(session -> session.string("display").equals(desk.display())).findFirst().orElseThrow();
  }

  /** Clicks until it has an effect: a window is deaf for a moment after it has come up. */
  private static void clickUntilItGoes(String title, int fromRight, int fromBottom) {
    Await.until(() -> !desk.click(title, fromRight, fromBottom), "the window has gone by a click");
  }

  private static int count(BufferedImage picture, int colour) {
    int count = 0;
    for (int pixel : picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth())) {
      count += pixel == colour ? 1 : 0;
    }
    return count;
  }

  @Test
  void aMessageIsShownAndRead() throws IOException {
    CompletableFuture<Ending> running = begin(new UserOperation.Message(words("Updates tonight",
        "Your computer will be updated tonight between 22:00 and 23:00.\n\n"
            + "Please save your work and leave the computer switched on. If that does not suit you, call the help desk"
            + " (extension 4711).",
        LONG)));
    desk.window(MESSAGE);
    Await.until(() -> painted("message"), "the window is painted");
    assertThat(count(picture("message-done"), PAPER)).as("a window of its usual size").isBetween(50_000, 150_000);
    clickUntilItGoes(MESSAGE, 61, 28);
    JsonObject session = told(running);
    assertThat(session.string("shown")).isEqualTo("window");
    assertThat(session.string("answer")).isEqualTo("read");
  }

  private static boolean painted(String name) {
    return count(picture(name), ACCENT) > 1_000;
  }

  private static BufferedImage picture(String name) {
    try {
      return desk.look(name);
    } catch (IOException e) {
      throw new AssertionError("no picture", e);
    }
  }

  @Test
  void aClickOnYesIsYesAndOneOnNoIsNo() {
    CompletableFuture<Ending> running = begin(new UserOperation.Ask(words("", "May I?", LONG)));
    desk.window(QUESTION);
    clickUntilItGoes(QUESTION, 61, 28);
    assertThat(told(running).string("answer")).isEqualTo("yes");
    assertThat(running.join().value().string("answer")).isEqualTo("yes");

    running = begin(new UserOperation.Ask(words("", "<html><h1>May I?", LONG)));
    desk.window(QUESTION);
    clickUntilItGoes(QUESTION, 134, 28);
    assertThat(told(running).string("answer")).isEqualTo("no");
  }

  @Test
  void aQuestionThatNobodyAnswersIsAnsweredByNone() {
    assertThat(told(begin(new UserOperation.Ask(words("", "Anybody there?", Duration.ofSeconds(1)))))
        .string("answer")).isEqualTo("none");
  }

  @Test
  void aWindowThatIsClosedAnswersNothing() {
    CompletableFuture<Ending> running = begin(new UserOperation.Ask(words("", "x".repeat(4000), LONG)));
    String window = desk.window(QUESTION);
    Await.until(() -> {
      desk.ask("xdotool", "windowactivate", window, "key", "alt+F4");
      return running.isDone();
    }, "the window has closed");
    assertThat(told(running).string("answer")).isEqualTo("closed");
  }

  @Test
  void aCancelTakesTheWindowAway() throws InterruptedException {
    var ended = new CompletableFuture<Ending>();
    Thread operation = Thread.ofPlatform()
        .start(() -> ended.complete(operations.run(new UserOperation.Ask(words("", "May I?", LONG)), CONTEXT)));
    desk.window(QUESTION);
    operation.interrupt();
    assertThat(ended.join().outcome()).isEqualTo(Outcome.CANCELLED);
    operation.join();
    Await.until(() -> !desk.shows(QUESTION), "the window has gone");
  }

  @Test
  void withoutATrayANoticeFlashesAsAButton() {
    CompletableFuture<Ending> running = begin(
        new UserOperation.Notice(words("Printer", "The printer on the second floor is back.", LONG)));
    desk.window("New message");
    assertThat(desk.shows(MESSAGE)).isFalse();
    clickUntilItGoes("New message", 40, 20);
    desk.window(MESSAGE);
    clickUntilItGoes(MESSAGE, 61, 28);
    assertThat(told(running).text()).contains("\"shown\":\"button\",\"answer\":\"read\"");
  }

  @Test
  void aNoticeFlashesInTheTrayUntilItIsClicked() throws Exception {
    Process tray = desk.start("/usr/bin/trayer", "--edge", "top", "--align", "right", "--widthtype", "pixel", "--width",
        "200", "--height", "28");
    try {
      Await.until(() -> !desk.ask("xdotool", "search", "--onlyvisible", "--class", "trayer").isEmpty(), "the tray");
      CompletableFuture<Ending> running = begin(
          new UserOperation.Notice(words("Printer", "The printer on the second floor is back.", LONG)));
      Await.until(() -> {
        desk.ask("xdotool", "mousemove", "1266", "14", "click", "1");
        return desk.shows(MESSAGE);
      }, "a click on the icon shows the message");
      clickUntilItGoes(MESSAGE, 61, 28);
      assertThat(told(running).text()).contains("\"shown\":\"tray\",\"answer\":\"read\"");
    } finally {
      tray.destroyForcibly().waitFor();
    }
  }
}
