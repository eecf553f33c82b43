package dev.sallyport.server.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.KeyTable;
import dev.sallyport.server.directive.record.Retention;
import dev.sallyport.server.fake.FakeActions;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An order that is repeated under its key gives one directive. */
class OrderKeyTest extends ServerTest {
  private FakeMachine machine;

  @BeforeEach
  void enrol() {
    machine = server.enrol("web-1");
  }

  @Test
  void theSameOrderUnderTheSameKeyIsTheSameDirective() {
    server.connect(machine);
    Directive first = give("k", "the order");
    assertThat(give("k", "the order")).isEqualTo(first);
    assertThat(give("k2", "the order").id()).isNotEqualTo(first.id());
    server.await("all have ended", () -> server.queue.all("", 10, Sight.WHOLE).runs().isEmpty());
    assertThat(machine.started()).hasSize(2);
    server.await("no place is lost", () -> server.dispatcher.active() == 0);
  }

  @Test
  void anotherOrderUnderTheSameKeyIsRefused() {
    Directive first = give("k", "the order");
    assertThatThrownBy(() -> give("k", "another order")).isInstanceOfSatisfying(ProblemException.class, e -> {
      assertThat(e.problem().status()).isEqualTo(422);
      assertThat(e.problem().code()).isEqualTo("key-reused");
      assertThat(e.problem().detail()).contains(first.id());
    });
  }

  @Test
  void keysOfDifferentGiversHaveNothingToDoWithEachOther() {
    Directive first = give("k", "the order");
    assertThat(server.directives.give(order(), TestServer.OWNER, Giving.under("else", OrderKey.named("k", "x"))).id())
        .isNotEqualTo(first.id());
  }

  @Test
  void aKeyOutlivesARestart() {
    Directive first = give("k", "the order");
    server.close();
    server = new TestServer(database, clock, FakeActions.all());
    assertThat(give("k", "the order")).isEqualTo(first);
  }

  @Test
  void aRepetitionIsAnsweredAlthoughTheMachineIsNoTargetAnyMore() {
    Directive first = give("k", "the order");
    server.machines.revoke(machine.id());
    assertThat(give("k", "the order")).isEqualTo(first);
    assertThatThrownBy(() -> give("k2", "the order")).isInstanceOf(ProblemException.class);
  }

  @Test
  @DisplayName("whoever repeats an order while it is being stored gets the same directive, and no machine hears of it twice")
  void ordersAtTheSameTimeAreOne() throws Exception {
    server.connect(machine);
    var calls = new ArrayList<Callable<String>>();
    for (int i = 0; i < 16; i++) {
      calls.add(() -> give("k", "the order").id());
    }
    var ids = new HashSet<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(calls)) {
        ids.add(answer.get());
      }
    }
    assertThat(ids).hasSize(1);
    server.await("it has run", () -> server.queue.all("", 10, Sight.WHOLE).runs().isEmpty());
    assertThat(machine.started()).hasSize(1);
    server.await("no place is lost", () -> server.dispatcher.active() == 0);
  }

  @Test
  void aKeyGoesWithItsDirective() {
    Directive first = give("k", "the order");
    server.cancels.directive(first, TestServer.OWNER);
    clock.advance(Housekeeping.KEEP_DIRECTIVES.plusDays(1));
    while (server.store.<Boolean>write(sql -> new Retention(sql)
        .dropDirectives(clock.instant().minus(Housekeeping.KEEP_DIRECTIVES)))) {
      assertThat(server.queries.find(first.id())).isPresent();
    }
    assertThat(server.queries.find(first.id())).isEmpty();
    assertThat(database.<Boolean>read(sql -> new KeyTable(sql).find("account-1", "k").isEmpty())).isTrue();
  }

  @Test
  void whatIsStoredBesideADirectiveIsKeptWithItOrNotAtAll() {
    var giving = Giving.under("account-1", OrderKey.named("k", "x")).with((_, _) -> {
      throw new IllegalStateException("changed its mind");
    });
    assertThatThrownBy(() -> server.directives.give(order(), TestServer.OWNER, giving))
        .isInstanceOf(IllegalStateException.class);
    assertThat(server.queue.all("", 10, Sight.WHOLE).runs()).isEmpty();
    assertThat(database.<Boolean>read(sql -> new KeyTable(sql).find("account-1", "k").isEmpty())).isTrue();
  }

  private Directive give(String key, String text) {
    return server.directives.give(order(), TestServer.OWNER, Giving.under("account-1", OrderKey.named(key, text)));
  }

  private Order order() {
    return new Order("shell-like", JsonObject.EMPTY, new Order.Targets.Named(List.of(machine.id())),
        Duration.ofHours(1), Limits.DEFAULT);
  }
}
