package dev.sallyport.server.directive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Channel;
import dev.sallyport.server.directive.record.OutputTable;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.fake.FakeLink;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.FaultyStore.Side;
import dev.sallyport.server.fake.Script;
import dev.sallyport.server.fake.TestClock;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.store.Database;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.store.StoreUnavailableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails at every write of a directive's life, before and after the commit, once and once more during the recovery; and the link
 * is cut at every point of every call. Each time the directive must come to its one right end: acknowledged means done, done means once.
 */
class CrashTest {
  private static final String LOG = "one\ntwo\nthree\n!fin\n";

  /** Three operations, two of which change something, so that recovery has finished and unfinished ones to deal with. */
  private static final class ThreeSteps implements Action {
    @Override
    public ActionDescription description() {
      return new ActionDescription("three-steps", "Three steps", "For this test.", ActionClass.EXEC, List.of());
    }

    @Override
    public JsonObject run(ActionContext context) {
      context.perform(RunShell.of("first"));
      JsonObject host = context.perform(new HostOperation.Properties()).value();
      context.perform(RunShell.of("second"));
      return JsonObject.builder().put("host", host).build();
    }
  }

  @TempDir
  private static Path directory;
  private static DatabaseStore database;

  private final TestClock clock = new TestClock();

  @BeforeAll
  static void open() {
    database = DatabaseStore.open(new Database.Sqlite(directory.resolve("sallyport.db")));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  @DisplayName("a crash at any write loses nothing that was acknowledged and runs nothing twice")
  void survivesACrashAtAnyWrite() {
    int write = 0;
    boolean crashed = true;
    while (crashed) {
      write++;
      crashed = false;
      for (Side side : Side.values()) {
        crashed |= scenario(true, write, side, 0, side);
      }
    }
    assertThat(write).as("writes of one undisturbed life").isGreaterThan(4);
  }

  @Test
  @DisplayName("a second crash at any write of the recovery does no harm either")
  void survivesASecondCrashDuringTheRecovery() {
    for (int first = 1; first <= 6; first++) {
      for (int second = 1; second <= 5; second++) {
        for (Side side : Side.values()) {
          scenario(true, first, side, second, Side.BEFORE);
          scenario(true, first, side, second, Side.AFTER);
        }
      }
    }
  }

  @Test
  @DisplayName("the same for a directive that waited for its machine")
  void survivesACrashWhenTheMachineComesLater() {
    boolean crashed = true;
    for (int write = 1; crashed; write++) {
      crashed = false;
      for (Side side : Side.values()) {
        crashed |= scenario(false, write, side, 0, side);
      }
    }
  }

  @Test
  @DisplayName("a link that is cut at any point of any call loses nothing and runs nothing twice")
  void survivesALinkCutAtAnyPoint() {
    int point = 0;
    boolean cut = true;
    while (cut) {
      point++;
      FakeMachine fresh = freshMachine();
      try (var server = server()) {
        FakeLink link = server.prepare(fresh);
        link.cutAtPoint(point);
        link.atEachPoint(server.pulse::tick);
        server.switchboard.up(link);
        String id = server.directives.give(order(fresh), TestServer.OWNER).id();
        server.await("the end or the cut", () -> ended(server, id).isPresent() || !link.isUp());
        cut = !link.isUp();
        if (cut) {
          server.await("the run gave up", () -> server.dispatcher.active() == 0);
          server.connect(fresh).tellHeld();
        }
        expectRightEnd(server, id, fresh);
      }
    }
    assertThat(point).as("points of one undisturbed life").isGreaterThan(8);
  }

  /** One life with a crash, perhaps a second one with another, and a last one without; answers whether the first crash happened. */
  private boolean scenario(boolean connectedFirst, int write, Side side, int secondWrite, Side secondSide) {
    FakeMachine fresh = freshMachine();
    String acknowledged = "";
    boolean crashed;
    try (var server = server()) {
      server.crashAt(write, side);
      if (connectedFirst) {
        connect(server, fresh);
      }
      try {
        acknowledged = server.directives.give(order(fresh), TestServer.OWNER).id();
      } catch (StoreUnavailableException e) {
        assertThat(server.store.dead()).isTrue();
      }
      if (!connectedFirst && !server.store.dead()) {
        connect(server, fresh);
      }
      String id = acknowledged;
      server.await("the end or the crash",
          () -> server.store.dead() || (ended(server, id).isPresent() && fresh.held().isEmpty()));
      crashed = server.store.dead();
    }
    if (secondWrite > 0) {
      try (var server = server()) {
        server.crashAt(secondWrite, secondSide);
        connect(server, fresh).tellHeld();
        server.await("the end or the second crash", () -> server.store.dead() || nothingOpen(server, fresh));
      }
    }
    try (var server = server()) {
      connect(server, fresh).tellHeld();
      server.await("the end", () -> nothingOpen(server, fresh));
      if (acknowledged.isEmpty()) {
        assertThat(server.queries.find(acknowledged)).isEmpty();
        assertThat(new HashSet<>(fresh.started())).hasSameSizeAs(fresh.started());
      } else {
        expectRightEnd(server, acknowledged, fresh);
      }
      clock.advance(Duration.ofMillis(1));
    }
    return crashed;
  }

  private static void expectRightEnd(TestServer server, String id, FakeMachine machine) {
    server.await("the end", () -> ended(server, id).isPresent());
    Run run = ended(server, id).orElseThrow();
    assertThat(run.state()).as(run.reason()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(run.exitCode()).hasValue(0);
    assertThat(run.value().object("host").string("name")).isEqualTo("web-1");
    assertThat(log(server, run.key())).isEqualTo(LOG);
    assertThat(run.outputBytes()).isEqualTo(LOG.length());
    assertThat(machine.started()).as("each operation once").hasSize(2).doesNotHaveDuplicates();
    server.await("the machine may forget it", () -> machine.held().isEmpty());
    assertThat(server.queries.find(id)).isPresent();
  }

  private static boolean nothingOpen(TestServer server, FakeMachine machine) {
    return !server.store.dead() && machine.held().isEmpty() && server.dispatcher.active() == 0
        && server.database.<Boolean>read(sql -> new RunTable(sql).open(machine.id(), 1).isEmpty());
  }

  private static Optional<Run> ended(TestServer server, String id) {
    return server.database.<List<Run>>read(sql -> new RunTable(sql).ofDirective(id, "").runs()).stream()
        .filter(run -> run.state().ended()).findFirst();
  }

  private static String log(TestServer server, RunKey key) {
    var log = new ByteArrayOutputStream();
    server.database.read(sql -> {
      new OutputTable(sql).page(key, EnumSet.allOf(Channel.class), 0, 1_000).forEach(chunk -> {
        assertThat(chunk.position()).as("no hole").isEqualTo(log.size());
        log.writeBytes(chunk.bytes());
      });
      return 0;
    });
    return log.toString(UTF_8);
  }

  /** Ticks at every point of a call, so that each piece of output is a write of its own. */
  private static FakeLink connect(TestServer server, FakeMachine machine) {
    FakeLink link = server.prepare(machine);
    link.atEachPoint(server.pulse::tick);
    server.switchboard.up(link);
    return link;
  }

  private FakeMachine freshMachine() {
    FakeMachine fresh;
    try (var server = server()) {
      fresh = server.enrol("web-1");
    }
    fresh.behave(operation -> switch (operation) {
      case RunShell shell when shell.command().equals("first") -> Script.prints("one\n", "two\n");
      case RunShell _ -> Script.prints("three\n").andErrors("!fin\n");
      default -> Script.found(JsonObject.builder().put("name", "web-1").build());
    });
    return fresh;
  }

  private TestServer server() {
    return new TestServer(database, clock, List.of(new ThreeSteps()));
  }

  private static Order order(FakeMachine machine) {
    return new Order("three-steps", JsonObject.EMPTY, new Order.Targets.Named(List.of(machine.id())),
        Duration.ofHours(1),
        Limits.DEFAULT);
  }
}
