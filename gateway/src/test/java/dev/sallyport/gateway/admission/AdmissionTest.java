package dev.sallyport.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.gateway.GatewayLimits;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.testing.ManualClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("T29 limits hold per source, per key and per token, whatever a flood tries")
@Timeout(120)
class AdmissionTest {
  private static final Source SITE = Source.of(InetAddress.ofLiteral("192.0.2.1"));

  private final ManualClock clock = new ManualClock();
  private final Admission admission = new Admission(GatewayLimits.standard(), new TimeSource() {
    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }

    @Override
    public Instant now() {
      return clock.now();
    }
  });

  @Test
  void aSourceMaySendTwoHundredHellosAtOnceAndThenTwentyASecond() {
    assertThat(helloBurst(SITE)).isEqualTo(200);
    clock.advance(Duration.ofMillis(49));
    assertThat(admission.admitsHello(SITE)).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(helloBurst(SITE)).isBetween(20, 21);
    clock.advance(Duration.ofHours(1));
    assertThat(helloBurst(SITE)).isEqualTo(200);
  }

  @Test
  void aSourceThatAgentsHaveComeFromMaySendTwentyTimesAsMany() {
    admission.enter(SITE);
    admission.linked(SITE);

    assertThat(helloBurst(SITE)).isEqualTo(4_000);
    clock.advance(Duration.ofSeconds(1));
    assertThat(helloBurst(SITE)).isBetween(400, 401);
  }

  private int helloBurst(Source source) {
    int admitted = 0;
    while (admission.admitsHello(source)) {
      admitted++;
    }
    return admitted;
  }

  @Test
  void oneSourceIsOneIpv4AddressOrOneIpv6Network() {
    assertThat(Source.of(InetAddress.ofLiteral("192.0.2.1")))
        .isNotEqualTo(Source.of(InetAddress.ofLiteral("192.0.2.2")));
    assertThat(Source.of(InetAddress.ofLiteral("2001:db8:1:2::1")))
        .isEqualTo(Source.of(InetAddress.ofLiteral("2001:db8:1:2:ffff::9")))
        .isNotEqualTo(Source.of(InetAddress.ofLiteral("2001:db8:1:3::1")));
    assertThat(Source.of(InetAddress.ofLiteral("::ffff:192.0.2.1"))).isEqualTo(SITE);
    assertThat(Source.of(InetAddress.ofLiteral("0.0.0.1"))).isNotEqualTo(Source.of(InetAddress.ofLiteral("0:0:0:1::")));
  }

  @Test
  void oneKeyMaySendFiveHellosAtOnceAndThenOneEveryTwoSeconds() {
    Bytes key = Bytes.of(new byte[32]);
    for (int i = 0; i < 5; i++) {
      assertThat(admission.admitsKey(key)).isTrue();
    }
    assertThat(admission.admitsKey(key)).isFalse();
    clock.advance(Duration.ofMillis(1_999));
    assertThat(admission.admitsKey(key)).isFalse();
    clock.advance(Duration.ofMillis(2));
    assertThat(admission.admitsKey(key)).isTrue();
    assertThat(admission.admitsKey(key)).isFalse();
  }

  @Test
  void fiveWrongProofsLockATokenForAQuarterOfAnHour() {
    Bytes token = Bytes.of(new byte[16]);
    for (int i = 0; i < 4; i++) {
      assertThat(admission.tokenFailed(token)).isFalse();
      assertThat(admission.tokenLocked(token)).isFalse();
    }
    assertThat(admission.tokenFailed(token)).as("the fifth locks it").isTrue();
    assertThat(admission.tokenLocked(token)).isTrue();
    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    assertThat(admission.tokenLocked(token)).isTrue();
    clock.advance(Duration.ofMillis(2));
    assertThat(admission.tokenLocked(token)).isFalse();
    assertThat(admission.tokenFailed(token)).as("counting begins anew").isFalse();
  }

  @Test
  void connectionsOfStrangersAreBoundedInAllAndBySource() {
    Admission small = new Admission(GatewayLimits.standard().with(new GatewayLimits.Connections(100, 50, 10)),
        TimeSource.system());
    int ofOne = 0;
    while (small.enter(SITE)) {
      ofOne++;
    }
    assertThat(ofOne).isEqualTo(10);
    int others = 0;
    while (small.enter(source(others))) {
      others++;
    }
    assertThat(others).as("all strangers together").isEqualTo(40);

    small.linked(SITE); // one becomes a link and makes room, and its source is trusted twenty times as much
    assertThat(small.enter(SITE)).isTrue();
    small.left(SITE, true);
    small.left(source(0), false);
    assertThat(small.enter(source(1_000))).isTrue();
    assertThat(small.connections()).isEqualTo(50);
  }

  @Test
  @DisplayName("T29 a million sources, keys and connections leave bounded tables behind")
  void aFloodDoesNotFillMemory() {
    RateLimiter<Source> bySource = new RateLimiter<>();
    GatewayLimits.Rate rate = new GatewayLimits.Rate(20, 200);
    for (int i = 0; i < 1_000_000; i++) {
      bySource.admits(source(i), rate, 0);
    }
    assertThat(bySource.size()).isEqualTo(RateLimiter.MAX_KEYS);

    Connections connections = new Connections(new GatewayLimits.Connections(1_000_000, 20_000, 256));
    for (int i = 0; i < 1_000_000; i++) {
      connections.enter(source(i), 1);
    }
    assertThat(connections.sources()).isEqualTo(20_000);
    for (int i = 0; i < 20_000; i++) {
      connections.leave(source(i));
    }
    assertThat(connections.sources()).isZero();
    assertThat(connections.all()).isZero();
  }

  @Test
  void aFloodOfStrangersDoesNotPushOutTheSourcesThatAgentsComeFrom() {
    admission.enter(SITE);
    admission.linked(SITE);
    for (int i = 0; i < 200_000; i++) {
      admission.admitsHello(source(i));
    }
    assertThat(helloBurst(SITE)).isEqualTo(4_000);
  }

  private static Source source(int number) {
    return new Source(ByteBuffer.allocate(8).putInt(0, number).getLong(0), 6);
  }

  @Test
  void handshakesAreComputedByAsManyAsThereArePermitsAndTheRestIsToldBusy() throws Exception {
    HandshakePermits permits = new HandshakePermits(
        GatewayLimits.Handshakes.standard().withQueue(2, Duration.ofMillis(50), 100));
    CountDownLatch bothAtWork = new CountDownLatch(2);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      Thread.ofVirtual().start(() -> hold(permits, bothAtWork, goOn, atOnce));
    }
    bothAtWork.await();

    assertThatThrownBy(() -> permits.first(() -> 1)).isInstanceOf(HandshakePermits.BusyException.class);
    goOn.countDown();
    assertThat(permits.next(() -> 2)).isEqualTo(2);
    assertThat(atOnce).hasValue(2);
  }

  private static void hold(HandshakePermits permits, CountDownLatch atWork, CountDownLatch goOn, AtomicInteger atOnce) {
    try {
      permits.first(() -> {
        atOnce.incrementAndGet();
        atWork.countDown();
        return awaited(goOn);
      });
    } catch (HandshakePermits.BusyException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void moreThanMayWaitAreToldBusyAtOnce() throws Exception {
    HandshakePermits permits = new HandshakePermits(
        GatewayLimits.Handshakes.standard().withQueue(1, Duration.ofHours(1), 1));
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> hold(permits, atWork, goOn, new AtomicInteger()));
    atWork.await();
    Thread waiting = Thread.ofVirtual().start(() -> hold(permits, new CountDownLatch(1), goOn, new AtomicInteger()));
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    assertThatThrownBy(() -> permits.first(() -> 1)).isInstanceOf(HandshakePermits.BusyException.class);
    goOn.countDown();
    waiting.join();
  }
}
