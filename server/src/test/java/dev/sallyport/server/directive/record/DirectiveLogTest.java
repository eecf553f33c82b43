package dev.sallyport.server.directive.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.directive.batch.Batch;
import dev.sallyport.server.directive.life.RunEvent;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever reads a directive's story page by page reads all of it, in its order, and never much at a time. */
@ParameterizedClass
@EnumSource
class DirectiveLogTest {
  private static final String ID = "01a20244-e800-7000-9cd2-2b2ce39c6f05";
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final int LARGE = 5;
  private static final int MACHINES = RunTable.MAX_PAGE + 200;

  private final TestDatabase kind;
  @TempDir
  private Path directory;
  private DatabaseStore store;

  DirectiveLogTest(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeEach
  void start() {
    store = DatabaseStore.open(kind.fresh(directory));
    store.write(sql -> {
      var runs = new ArrayList<Run>();
      for (int i = 0; i < MACHINES; i++) {
        runs.add(new Run(key(i), "m" + i, new RunState.Queued(), NOW, Optional.empty(), Optional.empty(),
            OptionalInt.empty(), "", 0, false, JsonObject.EMPTY, i + 1L));
      }
      new Ledger(sql).give(new Directive(ID, "shell", JsonObject.EMPTY, NOW, "account", "olga", NOW.plusSeconds(60),
          Duration.ofMinutes(1), 1_000, Batch.NONE), runs);
      return null;
    });
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void manyRunsAndTheirOutputComeEachOnceAndInOrder() {
    end(40, i -> new OutputChunk(key(i), 0, 0, Channel.STDOUT, ("out " + i).getBytes(UTF_8)), JsonObject.EMPTY);
    List<DirectiveLog.Entry> story = story();
    assertThat(story.stream().map(DirectiveLog.Entry::sequence)).isSorted().doesNotHaveDuplicates();
    assertThat(story).filteredOn(entry -> entry instanceof DirectiveLog.Entry.Changed).hasSize(MACHINES);
    assertThat(story).filteredOn(entry -> entry instanceof DirectiveLog.Entry.Wrote).hasSize(40);
  }

  @Test
  void aPageOfLargeValuesEndsEarly() {
    JsonObject large = JsonObject.builder().put("text", "x".repeat(RunTable.MAX_PAGE_VALUE_CHARS / 2)).build();
    end(LARGE, large);
    long chars = 0;
    for (DirectiveLog.Page page = page(0);; page = page(page.upTo())) {
      long values = page.entries().stream().mapToLong(
          entry -> entry instanceof DirectiveLog.Entry.Changed changed ? changed.run().value().text().length() : 0)
          .sum();
      assertThat(values).isLessThan(RunTable.MAX_PAGE_VALUE_CHARS + large.text().length() + RunTable.MAX_PAGE * 2L);
      chars += values;
      if (page.complete()) {
        break;
      }
    }
    assertThat(chars).isEqualTo((long) LARGE * large.text().length() + (MACHINES - LARGE) * 2L);
  }

  @Test
  void allRunsAreReadByMachinePageByPage() {
    var machines = new ArrayList<String>();
    RunTable.Page page = new RunTable.Page(List.of(), true);
    while (page.more()) {
      String after = machines.isEmpty() ? "" : machines.getLast();
      page = store.read(sql -> new RunTable(sql).ofDirective(ID, after));
      page.runs().forEach(run -> machines.add(run.key().machine()));
    }
    assertThat(machines).hasSize(MACHINES).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void ofADirectiveThatIsNotThereNothingIsToldAndThatIsTheEnd() {
    DirectiveLog.Page page = store.read(sql -> new DirectiveLog(sql).after("01a20244-e800-7000-9cd2-000000000000", 0));
    assertThat(page.entries()).isEmpty();
    assertThat(page.ended()).isTrue();
  }

  @Test
  void oldOutputIsDeletedABoundedPieceAtATime() {
    store.write(sql -> {
      var chunks = new ArrayList<OutputChunk>();
      for (int i = 0; i <= Retention.BATCH; i++) {
        chunks.add(new OutputChunk(key(0), i, 0, Channel.STDOUT, new byte[]{'x'}));
      }
      new Ledger(sql).append(key(0), chunks);
      return null;
    });
    assertThat(dropOutput()).as("its runs are open: nothing of it is old").isFalse();
    end(MACHINES, JsonObject.EMPTY);
    assertThat(dropOutput()).as("a full batch").isTrue();
    assertThat(dropOutput()).as("another").isTrue();
    assertThat(dropOutput()).as("the rest").isFalse();
    assertThat(dropDirectives()).as("the runs take more than one piece").isTrue();
    assertThat(dropDirectives()).isFalse();
    assertThat(store.<Boolean>read(sql -> new DirectiveTable(sql).find(ID).isEmpty())).isTrue();
  }

  private boolean dropDirectives() {
    return store.<Boolean>write(sql -> new Retention(sql).dropDirectives(NOW.plusSeconds(1)));
  }

  private boolean dropOutput() {
    return store.<Boolean>write(sql -> new Retention(sql).dropOutput(NOW.plusSeconds(1)));
  }

  private void end(int machines, JsonObject value) {
    end(machines, i -> new OutputChunk(key(i), Short.MAX_VALUE, 0, Channel.STDERR, new byte[]{'.'}), value);
  }

  /** Ends the first machines' runs, each with a last piece of output. */
  private void end(int machines, IntFunction<OutputChunk> output, JsonObject value) {
    store.write(sql -> {
      var ledger = new Ledger(sql);
      var end = new RunEnd(new RunEvent.Reported(Outcome.DONE), OptionalInt.of(0), "", false, value);
      for (int i = 0; i < machines; i++) {
        ledger.happen(key(i), new RunEvent.Offered(), "", NOW);
        ledger.end(key(i), end, List.of(output.apply(i)), NOW);
      }
      return null;
    });
  }

  private List<DirectiveLog.Entry> story() {
    var story = new ArrayList<DirectiveLog.Entry>();
    for (DirectiveLog.Page page = page(0);; page = page(page.upTo())) {
      story.addAll(page.entries());
      if (page.complete()) {
        return story;
      }
    }
  }

  private DirectiveLog.Page page(long after) {
    return store.read(sql -> new DirectiveLog(sql).after(ID, after));
  }

  private static RunKey key(int machine) {
    return new RunKey(ID, "%08d-0000-4000-8000-000000000000".formatted(machine));
  }
}
