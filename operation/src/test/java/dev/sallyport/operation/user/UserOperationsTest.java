package dev.sallyport.operation.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.operation.process.ProcessRunner;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.UserOperation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With scripts in the place of the program that shows windows: what it may answer, and what is made of it. */
@EnabledOnOs(OS.LINUX)
final class UserOperationsTest {
  private static final OperationContext CONTEXT = new OperationContext(
      new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"), (channel, bytes, offset, length) -> {
      });
  private static final UserOperation.Words WORDS = new UserOperation.Words("", "hello", "", Duration.ofSeconds(20));

  @TempDir
  Path folder;

  private long self;
  private final List<UserSession> sessions = new ArrayList<>();

  @BeforeEach
  void itsOwnAccount() throws IOException {
    self = LinuxSessions.owner(folder);
  }

  private UserSession at(String user, String display) {
    return new UserSession(user, self, 0, display, "", "", Instant.EPOCH, Map.of("DISPLAY", display));
  }

  /** A Java that is a script. */
  private void program(String script) throws IOException {
    Path home = folder.resolve("lib/dialog/runtime");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n" + script + "\n");
    for (Path part : List.of(home, home.resolve("bin"), home.resolve("lib"), home.resolve("bin/java"))) {
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n");
    Files.writeString(home.resolve("lib/libawt_xawt.so"), "");
  }

  private Ending run(UserOperation operation) {
    return operations(folder.resolve("lib/dialog/dialog.jar").toString()).run(operation, CONTEXT);
  }

  private UserOperations operations(String classPath) {
    var tool = new SystemTool(ProcessRunner.create(new LinuxProcessTable(Path.of("/proc"))));
    var program = new DialogProgram(classPath, List.of());
    return new UserOperations(() -> sessions, new Dialogs(tool, program, self), self);
  }

  private static List<JsonObject> told(Ending ending) {
    assertThat(ending.outcome()).as(ending.reason()).isEqualTo(Outcome.DONE);
    return ending.value().objects("sessions", 99);
  }

  @Test
  @DisplayName("K8 where nobody is at a screen, that is what is said")
  void aMachineWithoutScreensIsUnsupported() {
    sessions.add(new UserSession("anna", 1000, 1000, "", "", "tty1", Instant.EPOCH, Map.of()));
    for (UserOperation operation : List.of(new UserOperation.Message(WORDS), new UserOperation.Notice(WORDS),
        new UserOperation.Ask(WORDS))) {
      Ending ending = run(operation);
      assertThat(ending.outcome()).isEqualTo(Outcome.UNSUPPORTED);
      assertThat(ending.reason()).startsWith("nobody is logged in at a screen of this machine");
    }
    assertThat(told(run(new UserOperation.Sessions())).getFirst().text())
        .isEqualTo("{\"user\":\"anna\",\"tty\":\"tty1\",\"uid\":1000,\"sinceMs\":0}");
  }

  @Test
  void anAgentWithoutTheProgramIsUnsupported() {
    sessions.add(at("anna", ":0"));
    Ending ending = operations("").run(new UserOperation.Message(WORDS), CONTEXT);
    assertThat(ending.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(ending.reason()).contains("lib/dialog");
  }

  @Test
  void everybodyIsToldAndEachAnswerIsTold() throws IOException {
    program(
        "case $DISPLAY in :0) echo window read ;; :1) echo window none ;; *) echo failed no such screen; exit 1 ;; esac");
    sessions.addAll(List.of(at("anna", ":0"), at("bert", ":1"), at("cleo", ":2")));
    assertThat(told(run(new UserOperation.Message(WORDS)))).extracting(JsonObject::text).containsExactly(
        "{\"user\":\"anna\",\"display\":\":0\",\"shown\":\"window\",\"answer\":\"read\"}",
        "{\"user\":\"bert\",\"display\":\":1\",\"shown\":\"window\",\"answer\":\"none\"}",
        "{\"user\":\"cleo\",\"display\":\":2\",\"reason\":\"the window could not be shown: no such screen\"}");
  }

  @Test
  void oneUserCanBeMeant() throws IOException {
    program("echo window read");
    sessions.addAll(List.of(at("anna", ":0"), at("bert", ":1"), at("bert", ":2")));
    UserOperation.Words toBert = new UserOperation.Words("", "x", "bert", WORDS.time());
    assertThat(told(run(new UserOperation.Message(toBert)))).extracting(session -> session.string("display"))
        .containsExactly(":1", ":2");

    Ending ending = run(new UserOperation.Message(new UserOperation.Words("", "x", "dora", WORDS.time())));
    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ending.reason()).contains("dora is not logged in").endsWith("anna (:0), bert (:1), bert (:2)");
  }

  @Test
  void aQuestionGoesToOnePerson() throws IOException {
    program("echo window yes");
    sessions.addAll(List.of(at("anna", ":0"), at("bert", ":1"), at("bert", ":2")));
    Ending nobodyNamed = run(new UserOperation.Ask(WORDS));
    assertThat(nobodyNamed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(nobodyNamed.reason()).contains("name one of them");

    Ending named = run(new UserOperation.Ask(new UserOperation.Words("", "x", "bert", WORDS.time())));
    assertThat(told(named)).singleElement().satisfies(session -> assertThat(session.string("display")).isEqualTo(":2"));
    assertThat(named.value().string("answer")).isEqualTo("yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "echo", "echo yes", "echo window", "echo window yes; exit 3", "echo window read",
      "echo window YES", "echo window yes yes", "echo lamp yes", "printf 'window yes\\0'", "echo window yes; echo more",
      "head -c 5000000 /dev/zero", "kill -9 $$", "echo '{\"answer\":\"yes\"}'", "echo window yes >&2",
      "printf '\\033[2Jwindow yes\\n'"})
  @DisplayName("T32 what the program answers is the word of whoever sits there: anything but an answer is none")
  void anyOtherAnswerIsNone(String script) throws IOException {
    program(script);
    sessions.add(at("anna", ":0"));
    Ending ending = run(new UserOperation.Ask(WORDS));
    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ending.reason()).startsWith("anna (:0): the program that shows windows broke off (exit code ")
        .hasSizeLessThan(500).matches("\\P{Cntrl}*");
  }

  @Test
  void whoLeavesAProcessBehindThatHoldsTheOutputStillAnswered() throws IOException {
    program("sleep 300 & echo $! >" + folder.resolve("left") + "; echo window no");
    sessions.add(at("anna", ":0"));
    try {
      assertThat(run(new UserOperation.Ask(WORDS)).value().string("answer")).isEqualTo("no");
    } finally {
      ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("left")).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  @DisplayName("T42 the text is in no argument and no variable, and the program gets nothing of the agent's environment but its account's")
  void theTextGoesByStandardInput() throws IOException {
    program("tr '\\0' '\\n' < /proc/$$/cmdline > " + folder.resolve("argv") + "; env > " + folder.resolve("env")
        + "; head -c 25 > " + folder.resolve("in") + "; pwd > " + folder.resolve("pwd") + "; echo window read");
    sessions.add(at("anna", ":0"));
    told(run(new UserOperation.Message(new UserOperation.Words("My title", "my secret", "", WORDS.time()))));
    assertThat(Files.readString(folder.resolve("argv"))).contains("DialogMain").doesNotContain("secret", "title");
    assertThat(Files.readAllLines(folder.resolve("env"))).contains("DISPLAY=:0").allMatch(line -> line.matches(
        "(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|TZ|TMPDIR|LC_[A-Z]+|DISPLAY|SALLYPORT_OPERATION|PWD|_|SHLVL)=.*"))
        .noneMatch(line -> line.contains("secret"));
    assertThat(Files.readString(folder.resolve("in"))).contains("My title").endsWith("my secre");
    assertThat(Files.readString(folder.resolve("pwd"))).isEqualTo("/\n");
  }

  @Test
  @DisplayName("T42 as another account it starts without any of root's environment and cannot gain rights")
  void anotherAccountStartsClean() {
    var tool = new SystemTool(ProcessRunner.create(new LinuxProcessTable(Path.of("/proc"))));
    var dialogs = new Dialogs(tool, new DialogProgram("x.jar", List.of()), 0);
    var session = new UserSession("anna", 1000, 100, ":0", "", "", Instant.EPOCH,
        Map.of("XAUTHORITY", "/run/a", "DISPLAY", ":0"));
    assertThat(dialogs.argv(session, List.of("/j/bin/java", "M"))).containsExactly("/usr/bin/setpriv", "--reuid",
        "1000",
        "--regid", "100", "--init-groups", "--no-new-privs", "--reset-env", "--", "/usr/bin/env", "DISPLAY=:0",
        "XAUTHORITY=/run/a", "/j/bin/java", "M");
  }

  @Test
  void aSessionWithoutX11SaysWhatItLacks() throws IOException {
    program("echo window read");
    sessions.add(new UserSession("anna", self, 0, "", "wayland-0", "", Instant.EPOCH, Map.of()));
    Ending ending = run(new UserOperation.Message(WORDS));
    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ending.reason()).contains("anna (wayland-0)", "install XWayland");
  }

  @Test
  void aCancelEndsTheProgramsOfAllSessions() throws Exception {
    program("echo $$ > " + folder + "/pid$DISPLAY.part; mv " + folder + "/pid$DISPLAY.part " + folder
        + "/pid$DISPLAY; exec sleep 300");
    sessions.addAll(List.of(at("anna", ":0"), at("bert", ":1")));
    var endings = new ArrayList<Ending>();
    Thread operation = Thread.ofPlatform().start(() -> endings.add(run(new UserOperation.Message(WORDS))));
    var programs = new ArrayList<ProcessHandle>();
    for (String name : List.of("pid:0", "pid:1")) {
      Await.until(() -> Files.exists(folder.resolve(name)), "the program runs");
      programs.add(ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve(name)).strip())).orElseThrow());
    }
    operation.interrupt();
    operation.join();
    assertThat(endings).singleElement().satisfies(
        ending -> assertThat(ending.outcome()).as(ending.reason()).isEqualTo(Outcome.CANCELLED));
    assertThat(programs).allSatisfy(program -> Await.until(() -> !program.isAlive(), "it has gone"));
  }
}
