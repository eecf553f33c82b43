package dev.sallyport.server.directive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.PowerOperation;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionConfiguration;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.directive.record.SecretTable;
import dev.sallyport.server.fake.FakeLink;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.Script;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Actions that decide by what they have seen, and orders with secrets, on real databases with fake machines. */
class DecidedOnceTest extends ServerTest {
  private FakeMachine machine;

  @Override
  protected List<Action> actions() {
    try (var context = new AnnotationConfigApplicationContext(ActionConfiguration.class)) {
      return List.copyOf(context.getBean(Actions.class).all());
    }
  }

  @BeforeEach
  void enrol() {
    machine = server.enrol("web-1");
  }

  @Test
  @DisplayName("a package manager that is there the second time only does not change what is ordered, wherever the link breaks")
  void whatWasSeenIsDecidedByOnceForAll() {
    int points = 1;
    while (installBrokenAt(points)) {
      points++;
    }
    assertThat(points).as("the link was cut at many places").isGreaterThan(6);
  }

  /** Answers whether the link got as far as that point. */
  private boolean installBrokenAt(int point) {
    var asked = new ArrayList<String>();
    machine = server.enrol("web-" + point + "-of-many");
    FakeMachine here = machine;
    here.behave(operation -> {
      if (operation instanceof RunProgram program) {
        synchronized (asked) {
          asked.add(program.argv().getFirst());
        }
        return Script.prints("tree\t2.1\n");
      }
      boolean dnf = operation.arguments().text().contains("dnf");
      return Script.found(JsonObject.builder().put("exists", dnf || here.started().size() > 1).build());
    });
    FakeLink link = server.prepare(here);
    link.cutAtPoint(point);
    server.switchboard.up(link);
    String id = give(here, "install-package", "{\"packages\":[\"tree\"],\"refresh\":false}");
    server.await("the run ended or the link broke", () -> run(here, id).state().ended() || !link.isUp());
    boolean cut = !link.isUp();
    if (cut) {
      server.await("nothing goes on", () -> server.dispatcher.active() == 0);
      server.connect(here);
    }
    server.await("it ended", () -> run(here, id).state().ended());
    assertThat(run(here, id).state()).as("cut at %d: %s", point, run(here, id).reason())
        .isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(asked).containsExactly("/usr/bin/rpm", "/usr/bin/dnf", "/usr/bin/rpm");
    assertThat(notes()).isZero();
    return cut;
  }

  @Test
  @DisplayName("a reboot is over when the machine is back with another boot id, though its link broke in between")
  void aRebootIsWaitedFor() {
    var boot = new AtomicReference<>("one");
    var reboots = new AtomicInteger();
    machine.behave(operation -> switch (operation) {
      case PowerOperation.Reboot _ -> {
        reboots.incrementAndGet();
        yield Script.prints();
      }
      case HostOperation.Properties _ ->
        Script.found(JsonObject.builder().put("bootId", boot.get()).put("bootedMs", 7).build());
      default -> throw new AssertionError(operation.name());
    });
    FakeLink link = server.connect(machine);
    link.atEachPoint(() -> {
      if (reboots.get() > 0 && link.isUp()) {
        link.cut();
      }
    });
    String id = give(machine, "reboot", "{\"minutes\":5}");
    server.await("it went down", () -> reboots.get() == 1 && !link.isUp() && server.dispatcher.active() == 0);
    assertThat(run(machine, id).state()).isEqualTo(new RunState.Running(false));
    boot.set("two");
    server.connect(machine);
    server.await("it is back", () -> run(machine, id).state().ended());
    assertThat(run(machine, id).value().text()).isEqualTo("{\"before\":\"one\",\"after\":\"two\",\"booted\":7}");
    assertThat(reboots).hasValue(1);
    assertThat(notes()).isZero();
  }

  @Test
  @DisplayName("a secret reaches the machine, is never stored or shown readable, and is deleted when the directive has ended")
  void aSecretIsSealedAndForgotten() throws Exception {
    var stdin = new AtomicReference<>("");
    machine.behave(operation -> {
      if (operation instanceof RunProgram program) {
        stdin.set(new String(program.stdin().toArray(), ISO_8859_1));
        return Script.prints();
      }
      return Script.found(JsonObject.builder().put("exists", true).build());
    });
    String id = give(machine, "set-password", "{\"user\":\"anna\",\"password\":\"open-sesame-4711\"}");
    assertThat(everything(id)).doesNotContain("open-sesame");
    assertThat(sealed(id)).isEqualTo(1);
    server.housekeeping.expire();
    assertThat(sealed(id)).as("it is still needed").isEqualTo(1);

    server.connect(machine);
    server.await("it ended", () -> run(machine, id).state().ended());
    assertThat(stdin.get()).isEqualTo("anna:open-sesame-4711\n");
    server.housekeeping.expire();
    assertThat(sealed(id)).isZero();
    assertThat(everything(id)).doesNotContain("open-sesame");
  }

  @Test
  void aSecretOfACancelledDirectiveIsForgottenToo() {
    String id = give(machine, "set-password", "{\"user\":\"anna\",\"password\":\"open-sesame\"}");
    server.cancels.directive(server.queries.find(id).orElseThrow(), TestServer.OWNER);
    server.housekeeping.expire();
    assertThat(sealed(id)).isZero();
  }

  private String everything(String id) {
    return server.queries.find(id).orElseThrow().parameters().text()
        + server.database.<String>read(sql -> sql.sql("SELECT parameters FROM directive WHERE id = ?").param(id)
            .query(String.class).single());
  }

  private int sealed(String id) {
    return server.database.<Integer>read(sql -> new SecretTable(sql).of(id).size());
  }

  private long notes() {
    return server.database.<Long>read(sql -> sql.sql("SELECT COUNT(*) FROM run_note").query(Long.class).single());
  }

  private String give(FakeMachine to, String action, String parameters) {
    return server.directives.give(new Order(action, (JsonObject) Json.parse(parameters),
        new Order.Targets.Named(List.of(to.id())), Duration.ofHours(1), Limits.DEFAULT), TestServer.OWNER).id();
  }

  private Run run(FakeMachine of, String id) {
    return server.database.read(sql -> new RunTable(sql).find(new RunKey(id, of.id())).orElseThrow());
  }
}
