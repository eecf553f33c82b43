package dev.sallyport.server.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.audit.AuditLog;
import dev.sallyport.server.audit.AuditLog.Told;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.store.StoreUnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be recorded does not happen, and what a crash left in one of two files is settled. */
class RecordedOrderTest extends ServerTest {
  private FakeMachine machine;

  @BeforeEach
  void enrol() {
    machine = server.enrol("web-1");
  }

  @Test
  void anOrderIsRecordedWithItsMachinesAndADigestOfItsParameters() {
    server.connect(machine);
    Directive given = server.directives.give(order(), TestServer.OWNER);
    AuditEvent told = server.audit.events().getLast();
    assertThat(told.type()).isEqualTo("directive.given");
    assertThat(told.object()).isEqualTo(given.id());
    assertThat(told.actor().user()).isEqualTo("olivia");
    assertThat(told.sha256()).hasSize(64);
    assertThat(told.details().strings("machines", 1, 64)).containsExactly(machine.id());
    server.await("it has run", () -> server.queue.all("", 10, Sight.WHOLE).runs().isEmpty());
  }

  @Test
  @DisplayName("no machine hears of an order that the audit log cannot hold, neither now nor when it connects")
  void whatCannotBeRecordedIsNotGiven() {
    server.audit.full(true);
    assertThatThrownBy(() -> server.directives.give(order(), TestServer.OWNER))
        .isInstanceOf(StoreUnavailableException.class);
    server.connect(machine);
    assertThatThrownBy(() -> server.directives.give(order(), TestServer.OWNER))
        .isInstanceOf(StoreUnavailableException.class);
    server.await("nothing waits", () -> server.queue.all("", 10, Sight.WHOLE).runs().isEmpty());
    server.await("no place is lost", () -> server.dispatcher.active() == 0);
    assertThat(machine.started()).isEmpty();
    server.audit.full(false);
    server.directives.give(order(), TestServer.OWNER);
    server.await("it has run", () -> server.queue.all("", 10, Sight.WHOLE).runs().isEmpty());
    assertThat(machine.started()).hasSize(1);
  }

  @Test
  void anOrderThatIsOnlyStoredIsRecordedAtStartAndOneThatIsOnlyRecordedIsVoid(@TempDir Path directory)
      throws IOException, NoSuchAlgorithmException {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    try (var log = AuditLog.open(directory, "sallyport/test/audit", pair, clock)) {
      Directive before = server.directives.give(order(), TestServer.OWNER);
      clock.advance(Duration.ofHours(1));
      Directive both = server.directives.give(order(), TestServer.OWNER);
      log.record(AuditEvent.of("directive.given").to(both.id()));
      Directive stored = server.directives.give(order(), TestServer.OWNER);
      log.record(AuditEvent.of("directive.given").to("019aa0d0-0000-7000-8000-000000000001"));
      log.record(AuditEvent.of("server.started"));
      new Unrecorded(log, database).settle();
      assertThat(told(log, 3)).containsExactly("directive.given " + stored.id(),
          "directive.void 019aa0d0-0000-7000-8000-000000000001");
      new Unrecorded(log, database).settle();
      assertThat(log.size()).as("settled once").isEqualTo(5);
      assertThat(told(log, 0)).noneMatch(line -> line.contains(before.id()));
    }
  }

  private static List<String> told(AuditLog log, long from) throws IOException {
    var lines = new ArrayList<String>();
    for (long number = from; number < log.size(); number++) {
      Told told = log.told(number);
      lines.add(told.type() + " " + told.object());
    }
    return lines;
  }

  private Order order() {
    return new Order("shell-like", JsonObject.EMPTY, new Order.Targets.Named(List.of(machine.id())),
        Duration.ofHours(1), Limits.DEFAULT);
  }
}
