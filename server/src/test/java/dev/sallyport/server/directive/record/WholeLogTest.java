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

/** Who ends a short directive knows its whole log, exactly as it is stored, and claims to know no other. */
@ParameterizedClass
@EnumSource
class WholeLogTest {
  private static final String ID = "01a20244-e800-7000-9cd2-2b2ce39c6f05";
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final RunEnd END = new RunEnd(new RunEvent.Reported(Outcome.DONE), OptionalInt.of(3), "", true,
      JsonObject.builder().put("found", 7).build());

  private final TestDatabase kind;
  @TempDir
  private Path directory;
  private DatabaseStore store;

  WholeLogTest(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeEach
  void start() {
    store = DatabaseStore.open(kind.fresh(directory));
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void ofOneRunThatWasHandedOverAtOnceAllIsKnown() {
    give(new RunState.Running(false), 1);
    DirectiveLog.Page told = end(0, chunk(0, 0, "out"), chunk(0, 3, "more")).orElseThrow();
    assertThat(told).usingRecursiveComparison().isEqualTo(stored());
    assertThat(told.entries()).hasSize(3);
    assertThat(told.ended()).isTrue();
  }

  @Test
  void ofASilentRunAllIsKnown() {
    give(new RunState.Running(false), 1);
    assertThat(end(0).orElseThrow()).usingRecursiveComparison().isEqualTo(stored());
  }

  @Test
  void whatWroteEarlierIsNotKnownWhole() {
    give(new RunState.Running(false), 1);
    store.write(sql -> {
      new Ledger(sql).append(key(0), List.of(chunk(0, 0, "early")));
      return null;
    });
    assertThat(end(0, chunk(0, 5, "late"))).isEmpty();
    assertThat(stored().ended()).isTrue();
  }

  @Test
  void whatWaitedIsNotKnownWhole() {
    give(new RunState.Queued(), 1);
    store.write(sql -> new Ledger(sql).happen(key(0), new RunEvent.Offered(), "", NOW));
    assertThat(end(0)).isEmpty();
  }

  @Test
  void ofSeveralRunsNoneKnowsTheWhole() {
    give(new RunState.Running(false), 2);
    assertThat(end(0, chunk(0, 0, "first"))).isEmpty();
    assertThat(end(1, chunk(1, 0, "second"))).isEmpty();
    assertThat(stored().ended()).isTrue();
  }

  @Test
  void anEndThatChangesNothingTellsNothing() {
    give(new RunState.Running(false), 1);
    assertThat(end(0)).isPresent();
    assertThat(end(0)).isEmpty();
    assertThat(end(1)).as("there is no such run").isEmpty();
  }

  private void give(RunState state, int count) {
    var runs = new ArrayList<Run>();
    for (int i = 0; i < count; i++) {
      runs.add(
          new Run(key(i), "m" + i, state, NOW, state instanceof RunState.Running ? Optional.of(NOW) : Optional.empty(),
              Optional.empty(), OptionalInt.empty(), "", 0, false, JsonObject.EMPTY, i + 1L));
    }
    store.write(sql -> {
      new Ledger(sql).give(new Directive(ID, "shell", JsonObject.EMPTY, NOW, "account", "olga", NOW.plusSeconds(60),
          Duration.ofMinutes(1), 1_000, Batch.NONE), runs);
      return null;
    });
  }

  private Optional<DirectiveLog.Page> end(int machine, OutputChunk... rest) {
    return store.write(sql -> new Ledger(sql).end(key(machine), END, List.of(rest), NOW.plusSeconds(1)));
  }

  private DirectiveLog.Page stored() {
    return store.read(sql -> new DirectiveLog(sql).after(ID, 0));
  }

  private static OutputChunk chunk(int machine, long position, String text) {
    return new OutputChunk(key(machine), position, 0, Channel.STDOUT, text.getBytes(UTF_8));
  }

  private static RunKey key(int machine) {
    return new RunKey(ID, "%08d-0000-4000-8000-000000000000".formatted(machine));
  }
}
