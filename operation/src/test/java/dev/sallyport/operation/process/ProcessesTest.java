package dev.sallyport.operation.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.ProcessOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes of this machine. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class ProcessesTest {
  private static final OperationContext CONTEXT = new OperationContext(
      new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"), (channel, bytes, offset, length) -> {
      });

  @TempDir
  Path folder;

  private final LinuxProcessTable table = new LinuxProcessTable(Path.of("/proc"));
  private final ProcessOperations operations = new ProcessOperations(ProcessRunner.create(table), table);
  private final List<ProcessHandle> started = new ArrayList<>();

  @AfterEach
  void endWhatIsLeft() {
    started.forEach(ProcessHandle::destroyForcibly);
  }

  private JsonObject found(ProcessOperation operation) {
    Ending ending = operations.run(operation, CONTEXT);
    assertThat(ending.outcome()).as(ending.reason()).isEqualTo(Outcome.DONE);
    return ending.value();
  }

  private JsonObject start(String... argv) {
    JsonObject value = found(new ProcessOperation.Start(List.of(argv), Map.of(), ""));
    ProcessHandle.of(value.integer("pid", 1, Integer.MAX_VALUE)).ifPresent(started::add);
    return value;
  }

  private static ProcessOperation.Close close(JsonObject process, Duration grace) {
    return new ProcessOperation.Close(process.integer("pid", 1, Integer.MAX_VALUE), process.string("start"), grace);
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private List<JsonObject> listed(int limit) {
    List<JsonObject> all = new ArrayList<>();
    long after = 0;
    boolean more = true;
    while (more) {
      JsonObject page = found(new ProcessOperation.ListProcesses(after, limit));
      all.addAll(page.objects("processes", limit));
      more = page.has("next");
      after = page.integer("next", 0, Integer.MAX_VALUE, 0);
    }
    return all;
  }

  @Test
  @DisplayName("K8 a program is started, is listed, is running, and ends when it is asked to")
  void fromStartToEnd() throws IOException {
    Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("my sleep"));
    JsonObject process = start(program.toString(), "600");
    long pid = process.integer("pid", 1, Integer.MAX_VALUE);
    await(() -> found(new ProcessOperation.IsRunning("my sleep")).bool("running"));

    JsonObject listed = listed(3).stream().filter(each -> each.integer("pid", 1, Integer.MAX_VALUE) == pid).findAny()
        .orElseThrow();
    assertThat(listed.string("program")).isEqualTo("my sleep");
    assertThat(listed.string("command")).isEqualTo(program + " 600");
    assertThat(listed.string("start")).isEqualTo(process.string("start"));
    assertThat(listed.string("user")).isEqualTo(System.getProperty("user.name"));
    assertThat(listed.integer("parent", 1, Integer.MAX_VALUE)).isEqualTo(ProcessHandle.current().pid());
    assertThat(Math.abs(listed.integer("startedMs", 0, Long.MAX_VALUE) - System.currentTimeMillis()))
        .isLessThan(Duration.ofMinutes(10).toMillis());
    assertThat(found(close(process, Duration.ofMinutes(1))).string("how")).isEqualTo("asked");

    assertThat(found(new ProcessOperation.IsRunning("my sleep"))).satisfies(value -> {
      assertThat(value.bool("running")).isFalse();
      assertThat(value.array("processes").size()).isZero();
    });
    assertThat(found(close(process, Duration.ZERO)).string("how")).isEqualTo("gone");
  }

  @Test
  void aProcessThatIgnoresSignalsIsEndedAfterItsGrace() {
    JsonObject process = start("/bin/sh", "-c",
        "trap '' TERM INT HUP; touch " + folder + "/ready; while :; do sleep 1; done");
    await(() -> Files.exists(folder.resolve("ready")));

    assertThat(found(close(process, Duration.ofMillis(200))).string("how")).isEqualTo("ended");
  }

  @Test
  void withoutGraceItIsEndedAtOnce() {
    JsonObject process = start("/bin/sleep", "600");

    assertThat(found(close(process, Duration.ZERO)).string("how")).isEqualTo("ended");
  }

  @Test
  @DisplayName("a process that only has the number of the one that was meant is left alone")
  void aRecycledNumberIsNeverHit() {
    JsonObject process = start("/bin/sleep", "600");
    long pid = process.integer("pid", 1, Integer.MAX_VALUE);

    assertThat(found(new ProcessOperation.Close(pid, "1", Duration.ZERO)).string("how")).isEqualTo("gone");

    assertThat(ProcessHandle.of(pid)).isPresent().get().extracting(ProcessHandle::isAlive).isEqualTo(true);
  }

  @Test
  void theAgentAndTheFirstProcessAreNotClosed() {
    for (long pid : new long[]{1, ProcessHandle.current().pid()}) {
      String start = table.facts(pid).orElseThrow().start();
      assertThat(operations.run(new ProcessOperation.Close(pid, start, Duration.ZERO), CONTEXT).outcome())
          .isEqualTo(Outcome.REFUSED);
    }
  }

  @Test
  void aCloseThatIsCancelledLeavesTheProcessAlive() throws InterruptedException {
    JsonObject process = start("/bin/sh", "-c", "trap '' TERM; touch " + folder + "/ready; while :; do sleep 1; done");
    await(() -> Files.exists(folder.resolve("ready")));
    var outcome = new Outcome[1];
    Thread thread = Thread.ofPlatform()
        .start(() -> outcome[0] = operations.run(close(process, Duration.ofMinutes(5)), CONTEXT).outcome());

    thread.interrupt();
    thread.join();

    assertThat(outcome[0]).isEqualTo(Outcome.CANCELLED);
    assertThat(found(close(process, Duration.ZERO)).string("how")).isEqualTo("ended");
  }

  @Test
  void whatCannotStartSaysWhy() {
    Ending ending = operations.run(new ProcessOperation.Start(List.of("/no/such/program"), Map.of(), ""), CONTEXT);

    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ending.reason()).contains("no such program");
  }

  @Test
  void pagesTogetherAreAllProcesses() {
    List<Long> pids = listed(2).stream().map(each -> each.integer("pid", 1, Integer.MAX_VALUE)).toList();

    assertThat(pids).isSorted().doesNotHaveDuplicates().contains(1L, ProcessHandle.current().pid());
  }

  @Test
  @DisplayName("T19 a process may call itself what it likes: it is read all the same, and cut")
  void hostileNamesAreReadAndCut() throws IOException {
    Path proc = Files.createDirectories(folder.resolve("proc/4711"));
    Files.writeString(proc.resolveSibling("stat"), "cpu 1\nbtime 1700000000\n");
    Files.writeString(proc.resolve("stat"),
        "4711 (evil) R 1 (x\n) S 17 0 0 0 0 0 0 0 0 0 150 50 0 0 20 0 1 0 12345 0 0\n");
    byte[] command = ("\u0000<script>" + "💥".repeat(2000)).getBytes(StandardCharsets.UTF_8);
    command[20] = (byte) 0xff;
    Files.write(proc.resolve("cmdline"), command);
    Files.createSymbolicLink(proc.resolve("exe"), Path.of("/tmp/a b (deleted)"));

    ProcessFacts facts = new LinuxProcessTable(folder.resolve("proc")).facts(4711).orElseThrow();

    assertThat(facts.program()).isEqualTo("a b");
    assertThat(facts.parent()).isEqualTo(17);
    assertThat(facts.start()).isEqualTo("12345");
    assertThat(facts.cpu()).isEqualTo(Duration.ofSeconds(2));
    assertThat(facts.started().toEpochMilli()).isEqualTo(1_700_000_123_450L);
    assertThat(facts.command()).startsWith("<script>").hasSizeLessThanOrEqualTo(ProcessFacts.MAX_COMMAND_LENGTH);
    assertThat(facts.toJson().bytes()).isNotEmpty();
    Files.writeString(proc.resolve("stat"), "4711 (short) R");
    assertThat(new LinuxProcessTable(folder.resolve("proc")).facts(4711)).isEmpty();
  }
}
