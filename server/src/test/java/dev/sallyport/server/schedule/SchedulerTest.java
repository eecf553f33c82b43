package dev.sallyport.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.directive.DirectiveView;
import dev.sallyport.server.directive.OrderKey;
import dev.sallyport.server.fake.FakeActions;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.FaultyStore.Side;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Orders that are given again and again; it is 10:00 UTC when each test begins. */
class SchedulerTest extends ServerTest {
  private static final Operator ANNA = new Operator("account-2", "anna", Role.TECHNICIAN, "session-2");
  private static final Operator VERA = new Operator("account-3", "vera", Role.VIEWER, "session-3");

  private FakeMachine machine;

  @BeforeEach
  void enrol() {
    machine = server.enrol("web-1");
    account("account-1", "olivia", Role.OWNER);
    account("account-2", "anna", Role.TECHNICIAN);
  }

  private void account(String id, String name, Role role) {
    database.write(sql -> sql.sql("""
        INSERT INTO account (id, name, role, password_hash, enabled, created) VALUES (?, ?, ?, 'x', 1, 0)
        ON CONFLICT (id) DO UPDATE SET role = excluded.role""").params(id, name, role.word()).update());
  }

  private void enable(String account, boolean enabled) {
    database.write(sql -> sql.sql("UPDATE account SET enabled = ? WHERE id = ?").params(enabled ? 1 : 0, account)
        .update());
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.parse(text);
  }

  private static Terms terms(String more) {
    return Terms.fromJson(json("{\"name\":\"nightly\",\"cron\":\"30 * * * *\",\"timeZone\":\"UTC\",\"order\":"
        + "{\"action\":\"shell-like\",\"name\":\"web-*\"}" + more + "}"));
  }

  private Schedule create(String more) {
    return server.schedules.create(terms(more), TestServer.OWNER);
  }

  private Schedule now(Schedule schedule) {
    return server.schedules.find(schedule.id()).orElseThrow();
  }

  private List<DirectiveView> given() {
    return server.directivesGiven();
  }

  private List<Firing> history(Schedule schedule) {
    return server.schedules.firings(schedule);
  }

  private void pass(Duration time) {
    clock.advance(time);
    server.scheduler.tick();
  }

  private void restart() {
    server.close();
    server = new TestServer(database, clock, FakeActions.all());
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-22T" + time + ":00Z");
  }

  @Test
  @DisplayName("K19 the order is given when its time comes, once, and the schedule goes on to its next time")
  void firesWhenItsTimeComes() {
    Schedule schedule = create("");
    assertThat(schedule.next()).contains(at("10:30"));
    pass(Duration.ofMinutes(30).minusMillis(1));
    assertThat(given()).isEmpty();
    pass(Duration.ofMillis(1));
    server.scheduler.tick();
    assertThat(given()).hasSize(1);
    assertThat(given().getFirst().by()).isEqualTo("olivia");
    assertThat(now(schedule).next()).contains(at("11:30"));
    assertThat(history(schedule))
        .containsExactly(new Firing(at("10:30"), clock.instant(), given().getFirst().id(), ""));

    server.connect(machine);
    server.await("it has run", () -> machine.started().size() == 1);
    pass(Duration.ofHours(1));
    assertThat(given()).hasSize(2);
    assertThat(history(schedule)).extracting(Firing::time).containsExactly(at("11:30"), at("10:30"));
  }

  @Test
  void jitterPutsAFiringOffByATimeThatIsAlwaysTheSame() {
    Schedule schedule = create(",\"jitterSeconds\":600");
    Instant due = schedule.terms().due(schedule.id(), at("10:30"));
    assertThat(due).isBetween(at("10:30"), at("10:40"));
    clock.advance(Duration.between(clock.instant(), due).minusMillis(1));
    server.scheduler.tick();
    assertThat(given()).isEmpty();
    restart();
    pass(Duration.ofMillis(1));
    assertThat(given()).hasSize(1);
    assertThat(now(schedule).next()).contains(at("11:30"));
    var offsets = java.util.stream.IntStream.range(0, 200)
        .mapToObj(hour -> Duration.between(at("10:30").plus(Duration.ofHours(hour)),
            schedule.terms().due(schedule.id(), at("10:30").plus(Duration.ofHours(hour)))))
        .toList();
    assertThat(offsets).allMatch(offset -> !offset.isNegative() && offset.compareTo(Duration.ofMinutes(10)) <= 0);
    assertThat(offsets.stream().distinct().count()).as("they are spread").isGreaterThan(100);
  }

  @Test
  void timesThatWereMissedAreSkippedAndSaidSo() {
    Schedule schedule = create("");
    restart();
    pass(Duration.ofHours(50));
    assertThat(given()).isEmpty();
    assertThat(history(schedule)).singleElement().satisfies(firing -> {
      assertThat(firing.time()).isEqualTo(at("10:30"));
      assertThat(firing.note()).contains("missed");
    });
    assertThat(now(schedule).next()).contains(at("12:30").plus(Duration.ofDays(2)));
    pass(Duration.ofMinutes(30));
    assertThat(given()).hasSize(1);
  }

  @Test
  void timesThatWereMissedAreMadeUpForOnceIfTheScheduleSaysSo() {
    Schedule schedule = create(",\"missed\":\"run-once\"");
    restart();
    pass(Duration.ofHours(50));
    server.scheduler.tick();
    assertThat(given()).hasSize(1);
    assertThat(history(schedule)).singleElement().satisfies(firing -> assertThat(firing.note()).contains("late"));
    assertThat(now(schedule).next()).contains(at("12:30").plus(Duration.ofDays(2)));
  }

  @Test
  void aMomentTooLateIsNotMissed() {
    create("");
    clock.advance(Duration.ofMinutes(30).plus(Scheduler.GRACE));
    server.scheduler.tick();
    assertThat(given()).hasSize(1);
  }

  @Test
  @DisplayName("a crash at any write gives exactly one directive for each time")
  void aCrashAtAnyWriteGivesOneDirective() {
    Schedule schedule = create(",\"missed\":\"run-once\"");
    int fired = 0;
    boolean crashed = true;
    for (int write = 1; crashed; write++) {
      for (Side side : Side.values()) {
        clock.advance(Duration.ofHours(1));
        server.crashAt(write, side);
        try {
          server.scheduler.tick();
        } catch (StoreUnavailableException e) {
          assertThat(server.store.dead()).isTrue();
        }
        crashed = server.store.dead();
        restart();
        server.scheduler.tick();
        server.scheduler.tick();
        fired++;
        assertThat(given()).as("write %d, %s", write, side).hasSize(fired);
        assertThat(history(schedule)).hasSize(fired);
      }
    }
    assertThat(fired).isGreaterThan(2);
  }

  @Test
  @DisplayName("M6 whose account may not act any more, whose schedule is suspended, and says why")
  void aRevokedCreatorSuspendsTheSchedule() {
    Schedule schedule = server.schedules.create(terms(""), ANNA);
    enable("account-2", false);
    pass(Duration.ofMinutes(30));
    assertThat(given()).isEmpty();
    assertThat(now(schedule).state()).isEqualTo("suspended");
    assertThat(now(schedule).suspended()).contains("anna").contains("may not act");
    assertThat(history(schedule)).singleElement().satisfies(f -> assertThat(f.note()).contains("suspended"));
    enable("account-2", true);
    pass(Duration.ofHours(3));
    assertThat(given()).as("it does not go on by itself").isEmpty();

    Schedule taken = server.schedules.change(now(schedule), json("{\"enabled\":true}"), TestServer.OWNER);
    assertThat(taken.state()).isEqualTo("active");
    assertThat(taken.accountName()).isEqualTo("olivia");
    pass(Duration.ofHours(1));
    assertThat(given()).hasSize(1);
    assertThat(given().getFirst().by()).isEqualTo("olivia");
  }

  @Test
  @DisplayName("M6 who has lost the right to give the order has lost the schedule")
  void aLostRightSuspendsTheSchedule() {
    Schedule schedule = server.schedules.create(terms(""), ANNA);
    account("account-2", "anna", Role.VIEWER);
    pass(Duration.ofMinutes(30));
    assertThat(given()).isEmpty();
    assertThat(now(schedule).suspended()).contains("anna", "viewer", "exec");
  }

  @Test
  @DisplayName("T10 a schedule made with a token may no more than the token, whatever its account may")
  void aScheduleMayNoMoreThanItsMaker() {
    var narrow = new Operator("account-1", "olivia", Role.TECHNICIAN, "token-1");
    Schedule schedule = server.schedules.create(terms(""), narrow);
    assertThat(now(schedule).role()).isEqualTo(Role.TECHNICIAN);
    database.write(sql -> sql.sql("UPDATE schedule SET role = 'viewer' WHERE id = ?").param(schedule.id()).update());
    pass(Duration.ofMinutes(30));
    assertThat(now(schedule).state()).isEqualTo("suspended");
  }

  @Test
  void whereNoMachineFitsItGoesOnAndSaysSo() {
    Schedule schedule = create("");
    server.machines.revoke(machine.id());
    pass(Duration.ofMinutes(30));
    assertThat(given()).isEmpty();
    assertThat(history(schedule)).singleElement().satisfies(f -> assertThat(f.note()).contains("No machine"));
    assertThat(now(schedule).state()).isEqualTo("active");
    server.enrol("web-2");
    pass(Duration.ofHours(1));
    assertThat(given()).hasSize(1);
  }

  @Test
  void aDisabledScheduleRestsAndAnEnabledOneGoesOnFromNow() {
    Schedule schedule = create(",\"missed\":\"run-once\"");
    schedule = server.schedules.change(schedule, json("{\"enabled\":false}"), ANNA);
    assertThat(schedule.state()).isEqualTo("disabled");
    assertThat(schedule.next()).isEmpty();
    assertThat(schedule.accountName()).as("who only disables it takes nothing over").isEqualTo("olivia");
    pass(Duration.ofHours(5));
    assertThat(given()).isEmpty();
    schedule = server.schedules.change(schedule, json("{\"enabled\":true}"), TestServer.OWNER);
    server.scheduler.tick();
    assertThat(given()).isEmpty();
    assertThat(schedule.next()).contains(at("15:30"));
  }

  @Test
  void whoChangesWhatItDoesIsWhoItRunsAs() {
    Schedule schedule = create("");
    Schedule changed = server.schedules.change(schedule, json("{\"name\":\"hourly\",\"cron\":\"45 * * * *\"}"), ANNA);
    assertThat(changed.terms().name()).isEqualTo("hourly");
    assertThat(changed.next()).contains(at("10:45"));
    assertThat(changed.accountName()).isEqualTo("anna");
    assertThat(changed.role()).isEqualTo(Role.TECHNICIAN);
    assertThat(now(schedule).terms()).isEqualTo(changed.terms());
  }

  @Test
  void aNewNameAloneLosesNoTime() {
    Schedule schedule = create("");
    clock.advance(Duration.ofMinutes(30));
    server.schedules.change(schedule, json("{\"name\":\"renamed\"}"), TestServer.OWNER);
    server.scheduler.tick();
    assertThat(given()).hasSize(1);
  }

  @Test
  @DisplayName("T23 who may not give the order may not put it on a schedule, change one, end one, or run one")
  void whoMayNotGiveMayNotSchedule() {
    Schedule schedule = create("");
    assertThatThrownBy(() -> server.schedules.create(terms(",\"missed\":\"skip\""), VERA))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> server.schedules.change(schedule, json("{\"enabled\":false}"), VERA))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> server.schedules.delete(schedule, VERA)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> server.schedules.runNow(schedule, OrderKey.NONE, VERA))
        .isInstanceOf(ProblemException.class);
    assertThat(now(schedule)).isEqualTo(schedule);
    assertThat(given()).isEmpty();
  }

  @Test
  void aNameIsTakenWhateverItsCase() {
    create("");
    var shouting = Terms.fromJson(json("{\"name\":\"NIGHTLY\",\"cron\":\"30 * * * *\",\"timeZone\":\"UTC\",\"order\":"
        + "{\"action\":\"shell-like\",\"name\":\"web-*\"}}"));
    assertThatThrownBy(() -> server.schedules.create(shouting, TestServer.OWNER)).isInstanceOfSatisfying(
        ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("name-taken"));
  }

  @Test
  void runNowGivesTheOrderAndLeavesTheTimesAsTheyAre() {
    Schedule schedule = create("");
    var key = OrderKey.named("k", "x");
    String id = server.schedules.runNow(schedule, key, ANNA).id();
    assertThat(server.schedules.runNow(schedule, key, ANNA).id()).isEqualTo(id);
    assertThat(given()).hasSize(1);
    assertThat(given().getFirst().by()).isEqualTo("anna");
    assertThat(now(schedule).next()).contains(at("10:30"));
    assertThat(history(schedule)).singleElement()
        .satisfies(firing -> assertThat(firing.note()).isEqualTo("given by anna"));
  }

  @Test
  void whatItGaveOutlivesASchedule() {
    Schedule schedule = create("");
    pass(Duration.ofMinutes(30));
    server.schedules.delete(schedule, TestServer.OWNER);
    assertThat(server.schedules.find(schedule.id())).isEmpty();
    assertThat(given()).hasSize(1);
    pass(Duration.ofHours(5));
    assertThat(given()).hasSize(1);
  }

  @Test
  void theHistoryIsBounded() {
    Schedule schedule = create("");
    clock.advance(Duration.ofMinutes(30));
    for (int i = 0; i < ScheduleTable.MAX_FIRINGS + 5; i++) {
      server.scheduler.tick();
      clock.advance(Duration.ofHours(1));
    }
    assertThat(history(schedule)).hasSize(ScheduleTable.MAX_FIRINGS);
    assertThat(history(schedule)).extracting(Firing::time)
        .startsWith(at("10:30").plus(Duration.ofHours(ScheduleTable.MAX_FIRINGS + 4)));
  }

  @Test
  @DisplayName("a time that had its directive gets no second one, although the clock was set back")
  void aClockThatIsSetBackRepeatsNothing() {
    Schedule schedule = create("");
    pass(Duration.ofMinutes(30));
    clock.advance(Duration.ofMinutes(-20));
    server.schedules.change(now(schedule), json("{\"cron\":\"30 10 * * *\"}"), TestServer.OWNER);
    assertThat(now(schedule).next()).contains(at("10:30"));
    pass(Duration.ofMinutes(20));
    assertThat(given()).hasSize(1);
    assertThat(now(schedule).next()).contains(at("10:30").plus(Duration.ofDays(1)));
    assertThat(history(schedule).getFirst().note()).contains("not given again");
  }
}
