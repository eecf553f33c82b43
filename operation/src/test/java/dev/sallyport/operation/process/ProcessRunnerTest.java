package dev.sallyport.operation.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OutputChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(240)
final class ProcessRunnerTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir
  Path folder;

  private final CollectedOutput output = new CollectedOutput();
  private final ProcessRunner runner = runner(LONG, LONG);

  private static ProcessRunner runner(Duration linger, Duration grace) {
    return new ProcessRunner(new ProcessTree(new LinuxProcessTable(Path.of("/proc"))), PumpThreads.create(), linger,
        grace);
  }

  private static ProcessOrder order(String... argv) {
    return new ProcessOrder(List.of(argv), Map.of(), "", Bytes.EMPTY, LONG, "mark-" + System.nanoTime());
  }

  private static ProcessOrder limited(ProcessOrder order, Duration limit) {
    return new ProcessOrder(order.argv(), order.environment(), order.directory(), order.stdin(), limit, order.mark());
  }

  private static ProcessOrder fed(byte[] stdin, String... argv) {
    return new ProcessOrder(List.of(argv), Map.of(), "", Bytes.of(stdin), LONG, "mark-" + System.nanoTime());
  }

  @Test
  void keepsStdoutAndStderrApart() {
    ProcessEnd end = runner.run(order("sh", "-c", "echo out; echo err >&2"), output);

    assertThat(end).isEqualTo(new ProcessEnd.Exited(0, false));
    assertThat(output.stdout()).isEqualTo("out\n");
    assertThat(output.stderr()).isEqualTo("err\n");
  }

  @Test
  void tellsTheExitCode() {
    assertThat(runner.run(order("sh", "-c", "exit 42"), output)).isEqualTo(new ProcessEnd.Exited(42, false));
  }

  @Test
  void tellsASignalAsOneHundredTwentyEightPlusItsNumber() {
    assertThat(runner.run(order("sh", "-c", "kill -9 $$"), output)).isEqualTo(new ProcessEnd.Exited(137, false));
    assertThat(runner.run(order("sh", "-c", "kill -TERM $$"), output)).isEqualTo(new ProcessEnd.Exited(143, false));
  }

  @Test
  @DisplayName("T4 T12 shell metacharacters in an argument array mean nothing")
  void shellMetacharactersAreInert() {
    Path trap = folder.resolve("trap");
    List<String> hostile = List.of("$(touch " + trap + ")", "`touch " + trap + "`", "; touch " + trap,
        "| touch " + trap,
        "&& touch " + trap, "> " + trap, "\ntouch " + trap + "\n", "*", "~", "$HOME", "${IFS}", "'", "\"", "\\", "-n",
        "%s", "#", "!",
        "\u202e", "é", " ", "");
    var argv = new ArrayList<>(List.of("printf", "<%s>"));
    argv.addAll(hostile);

    runner.run(order(argv.toArray(String[]::new)), output);

    assertThat(output.stdout()).isEqualTo("<" + String.join("><", hostile) + ">");
    assertThat(trap).doesNotExist();
  }

  @Test
  void feedsStandardInput() {
    byte[] text = "räksmörgås\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);

    assertThat(runner.run(fed(text, "cat"), output)).isEqualTo(new ProcessEnd.Exited(0, false));

    assertThat(output.stdout()).isEqualTo(new String(text, StandardCharsets.UTF_8));
  }

  @Test
  void doesNotMindAProgramThatIgnoresItsInput() {
    assertThat(runner.run(fed(new byte[1 << 20], "true"), output)).isEqualTo(new ProcessEnd.Exited(0, false));
  }

  @Test
  void givesEndOfFileWhereThereIsNoInput() {
    assertThat(runner.run(order("cat"), output)).isEqualTo(new ProcessEnd.Exited(0, false));
  }

  @Test
  void addsToTheEnvironmentAndMarksTheRun() {
    var order = new ProcessOrder(List.of("sh", "-c", "echo $GREETING; echo $SALLYPORT_OPERATION"),
        Map.of("GREETING", "hello; exit 1"), "",
        Bytes.EMPTY, LONG, "the-mark");

    runner.run(order, output);

    assertThat(output.stdout()).isEqualTo("hello; exit 1\nthe-mark\n");
  }

  @Test
  void startsInTheGivenDirectory() {
    runner.run(new ProcessOrder(List.of("pwd"), Map.of(), folder.toString(), Bytes.EMPTY, LONG, "m"), output);

    assertThat(output.stdout()).isEqualTo(folder + "\n");
  }

  @Test
  void saysWhatIsWrongWhenAProgramCannotStart() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "not a program");

    assertThat(reason(order("/no/such/program"))).contains("no such program");
    assertThat(reason(order(text.toString()))).contains("permission denied");
    assertThat(reason(new ProcessOrder(List.of("pwd"), Map.of(), "/no/such", Bytes.EMPTY, LONG, "m")))
        .contains("no such directory");
  }

  private String reason(ProcessOrder order) {
    return ((ProcessEnd.NotStarted) runner.run(order, output)).reason();
  }

  @Test
  void carriesLargeOutputWhole() {
    runner.run(order("sh", "-c", "head -c 10485760 /dev/zero; head -c 1048576 /dev/zero >&2"), output);

    assertThat(output.bytes(OutputChannel.STDOUT)).hasSize(10 << 20);
    assertThat(output.bytes(OutputChannel.STDERR)).hasSize(1 << 20);
  }

  @Test
  void endsAProgramAtItsTimeLimit() {
    ProcessEnd end = runner.run(limited(order("sleep", "1000"), SHORT), output);

    assertThat(end).isEqualTo(new ProcessEnd.TimedOut(143, 1));
  }

  @Test
  void killsAProgramThatIgnoresTerm() throws Exception {
    ProcessEnd end = cancelled(runner(LONG, SHORT), "trap '' TERM; echo ready; while :; do sleep 1; done", 1);

    assertThat(end).isInstanceOfSatisfying(ProcessEnd.Cancelled.class, e -> assertThat(e.code()).isEqualTo(137));
  }

  @Test
  void endsChildrenAndOrphansInSessionsOfTheirOwnToo() throws Exception {
    String script = "sleep 1001 & echo $!; (setsid sh -c 'sleep 1002 & echo $!; exec sleep 1003' & echo $!); sleep 1004";

    ProcessEnd end = cancelled(runner(SHORT, SHORT), script, 3);

    assertThat(end).isInstanceOf(ProcessEnd.Cancelled.class);
    List<String> pids = output.stdout().lines().toList();
    assertThat(pids).hasSize(3).allSatisfy(pid -> assertThat(runs(Long.parseLong(pid))).as(pid).isFalse());
  }

  /** Runs a script, and cancels it once it has written so many lines. */
  private ProcessEnd cancelled(ProcessRunner by, String script, int lines) throws Exception {
    var end = new CompletableFuture<ProcessEnd>();
    Thread child = Thread.startVirtualThread(() -> end.complete(by.run(order("sh", "-c", script), output)));
    awaitTrue(() -> output.stdout().lines().count() >= lines);
    child.interrupt();
    return end.get(60, TimeUnit.SECONDS);
  }

  private static boolean runs(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent() && new LinuxProcessTable(Path.of("/proc")).running(process.get());
  }

  @Test
  void leavesADaemonAliveAndDrainsItsOutput() {
    ProcessEnd end = runner(SHORT, SHORT).run(
        order("sh", "-c", "sh -c 'while sleep 0.01; do head -c 65536 /dev/zero; done' & echo $!; sleep 0.5"),
        output);

    assertThat(end).isEqualTo(new ProcessEnd.Exited(0, true));
    int delivered = output.bytes(OutputChannel.STDOUT).length;
    long daemon = Long.parseLong(output.stdout().lines().findFirst().orElseThrow().replaceAll("\\D", ""));
    try {
      assertThat(runs(daemon)).isTrue();
      assertThat(output.bytes(OutputChannel.STDOUT)).as("nothing is written after the end").hasSize(delivered);
    } finally {
      ProcessHandle.of(daemon).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void anInterruptCancelsTheProgram() throws Exception {
    var end = new CompletableFuture<ProcessEnd>();
    Thread child = Thread
        .startVirtualThread(() -> end.complete(runner.run(order("sh", "-c", "echo started; exec sleep 1000"), output)));
    awaitTrue(() -> output.stdout().equals("started\n"));

    child.interrupt();

    assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo(new ProcessEnd.Cancelled(143, 1));
  }

  @Test
  void hundredsOfSilentProgramsHinderNobody() throws Exception {
    int many = 300;
    var started = new CountDownLatch(many);
    var children = new ArrayList<Thread>();
    for (int i = 0; i < many; i++) {
      children.add(Thread.startVirtualThread(
          () -> runner.run(order("sh", "-c", "echo; exec sleep 1000"), (c, b, o, n) -> started.countDown())));
    }
    assertThat(started.await(120, TimeUnit.SECONDS)).isTrue();

    var end = new CompletableFuture<ProcessEnd>();
    Thread.startVirtualThread(() -> end.complete(runner.run(order("true"), output)));
    try {
      assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo(new ProcessEnd.Exited(0, false));
    } finally {
      children.forEach(Thread::interrupt);
      for (Thread child : children) {
        child.join();
      }
    }
  }

  private static void awaitTrue(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition came true in time").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
