package dev.sallyport.server.directive.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;

import dev.sallyport.protocol.operation.OperationId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallGuardTest {

  private static final OperationId ID = new OperationId("018bcfe5-6800-7000-8000-000000000000/0");
  private static final Instant LATEST = Instant.parse("2026-11-22T00:00:00Z");
  private static final Duration LIMIT = Duration.ofMinutes(10);
  /** An arbitrary origin close to the end of all numbers, where comparing without subtracting goes wrong. */
  private static final long START = Long.MAX_VALUE - 1_000;

  private final CallGuard guard = new CallGuard(LIMIT, false);

  @AfterEach
  void takeInterruptBack() {
    Thread.interrupted();
  }

  @Test
  void aRunThatIsNotCancelledMayStartUntilItsLatestStart() {
    assertThat(guard.begin(ID, LATEST, START)).isEqualTo(LATEST);
    assertThat(guard.tick(START)).isEmpty();
  }

  @Test
  void aCancelledRunMayNotStartAnyMore() {
    guard.cancel();
    assertThat(guard.begin(ID, LATEST, START)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void cancellingIsRepeatedBecauseItMayOvertakeTheOperation() {
    guard.begin(ID, LATEST, START);
    guard.cancel();

    assertThat(guard.tick(START)).contains(ID);
    assertThat(guard.tick(START + 1)).isEmpty();
    assertThat(guard.tick(after(CallGuard.REPEAT_CANCEL))).contains(ID);
    guard.end();
    assertThat(guard.tick(after(CallGuard.REPEAT_CANCEL.multipliedBy(2)))).isEmpty();
  }

  @Test
  void aMachineThatExceedsItsTimeIsAskedToStopAndThenGivenUp() {
    guard.begin(ID, LATEST, START);
    assertThat(guard.tick(after(LIMIT.plus(CallGuard.GRACE).minusNanos(1)))).isEmpty();
    assertThat(guard.tick(after(LIMIT.plus(CallGuard.GRACE)))).contains(ID);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();

    guard.tick(after(LIMIT.plus(CallGuard.GRACE).plus(CallGuard.LAST_GRACE)));
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(guard.gaveUp()).isTrue();
  }

  @Test
  void anInterruptThatCameTooLateIsTakenBack() {
    guard.begin(ID, LATEST, START);
    guard.stop();
    guard.end();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aThreadThatStoresSomethingIsNeverInterrupted() {
    guard.begin(ID, LATEST, START);
    guard.end();
    guard.stop();
    guard.tick(after(Duration.ofDays(1)));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aStoppedRunBeginsNothingAnyMore() {
    guard.stop();
    assertThatThrownBy(() -> guard.begin(ID, LATEST, START)).isInstanceOf(RunSuspendedException.class);
  }

  @Test
  void eachOperationHasItsTimeAnew() {
    guard.begin(ID, LATEST, START);
    guard.tick(after(Duration.ofDays(1)));
    guard.end();
    guard.begin(ID, LATEST, after(Duration.ofDays(1)));
    assertThat(guard.gaveUp()).isFalse();
    assertThat(guard.tick(after(Duration.ofDays(1)))).isEmpty();
  }

  private static long after(Duration time) {
    return START + time.toNanos();
  }
}
