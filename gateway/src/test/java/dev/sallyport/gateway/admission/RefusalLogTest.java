package dev.sallyport.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RefusalLogTest {
  private final ManualClock clock = new ManualClock();
  private final BlockingQueue<RefusedAttempt> told = new LinkedBlockingQueue<>();

  @Test
  void tenAMinuteOfOneSourceAreToldOneByOneAndTheRestAsACount() throws Exception {
    try (RefusalLog log = new RefusalLog(time(), told::add)) {
      for (int i = 1; i <= 1_000; i++) {
        log.refused(attempt("192.0.2.1", i));
      }
      assertThat(take(10)).allSatisfy(attempt -> assertThat(attempt.count()).isEqualTo(1));

      log.sweep();
      assertThat(told).as("not before the minute is over").isEmpty();
      clock.advance(Duration.ofSeconds(60));
      log.sweep();
      RefusedAttempt rest = take(1).getFirst();
      assertThat(rest.count()).isEqualTo(990);
      assertThat(rest.attempt()).as("the last of them").isEqualTo(1_000);

      log.refused(attempt("192.0.2.1", 1));
      assertThat(take(1).getFirst().count()).as("a new minute").isEqualTo(1);
    }
  }

  @Test
  void oneSourceDoesNotSilenceAnother() throws Exception {
    try (RefusalLog log = new RefusalLog(time(), told::add)) {
      for (int i = 0; i < 100; i++) {
        log.refused(attempt("192.0.2.1", i));
      }
      take(10);
      log.refused(attempt("192.0.2.2", 7));
      assertThat(take(1).getFirst().remote().getHostAddress()).isEqualTo("192.0.2.2");
    }
  }

  @Test
  void whatAFullQueueCannotTakeIsCountedSoThatTheSumStaysTrue() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (RefusalLog log = new RefusalLog(time(), attempt -> {
      awaited(goOn);
      told.add(attempt);
    })) {
      int sources = RefusalLog.MAX_SOURCES + 5_000; // more than are told apart
      for (int i = 0; i < sources; i++) {
        log.refused(attempt(address(i), 1));
      }
      goOn.countDown();
      long sum = 0;
      while (sum < sources) {
        clock.advance(Duration.ofSeconds(61));
        log.sweep();
        RefusedAttempt next = told.poll(100, TimeUnit.MILLISECONDS);
        sum += next == null ? 0 : next.count();
      }
      assertThat(sum).isEqualTo(sources);
    }
  }

  @Test
  void aListenerThatFailsIsAskedAgainForTheNext() throws Exception {
    try (RefusalLog log = new RefusalLog(time(), attempt -> {
      told.add(attempt);
      throw new IllegalStateException("the disk is full");
    })) {
      log.refused(attempt("192.0.2.1", 1));
      log.refused(attempt("192.0.2.1", 2));
      assertThat(take(2)).hasSize(2);
    }
  }

  private List<RefusedAttempt> take(int count) throws InterruptedException {
    List<RefusedAttempt> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RefusedAttempt next = told.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("only " + i + " were told");
      }
      taken.add(next);
    }
    return taken;
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RefusedAttempt attempt(String address, long number) {
    return attempt(InetAddress.ofLiteral(address), number);
  }

  private RefusedAttempt attempt(InetAddress address, long number) {
    return new RefusedAttempt(RefusalReason.UNKNOWN_KEY, address, "websocket", "", number, 1, clock.now());
  }

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(number).array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private TimeSource time() {
    return new TimeSource() {
      @Override
      public long nanoTime() {
        return clock.nanoTime();
      }

      @Override
      public Instant now() {
        return clock.now();
      }
    };
  }
}
