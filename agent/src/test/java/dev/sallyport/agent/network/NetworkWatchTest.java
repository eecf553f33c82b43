package dev.sallyport.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.sallyport.agent.fake.FakeClock;
import dev.sallyport.agent.time.AgentClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class NetworkWatchTest {
  private static final List<String> SERVER = List.of("sallyport.example");
  private static final NetworkState OFFICE = state("192.168.7.1 by eth0");
  private static final NetworkState CAFE = state("10.0.0.1 by wlan0");

  private final List<NetworkState> coming = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private final NetworkWatch watch = new NetworkWatch(this::next, clock);

  private static NetworkState state(String way) {
    return new NetworkState(true, List.of(way), Set.of(), NetworkId.of(way, "", "", ""));
  }

  /** One state for each look, the last one from then on. */
  private synchronized NetworkState next(NetworkState before) {
    return coming.size() > 1 ? coming.removeFirst() : coming.getFirst();
  }

  private Duration passed() {
    return clock.pauses().stream().reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  @DisplayName("K3 without a way nobody dials; with one it is dialled within a second")
  void waitsForAWay() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      coming.add(NetworkState.NONE);
    }
    coming.add(OFFICE);

    assertThat(watch.awaitWayTo(SERVER)).isTrue();
    assertThat(clock.pauses()).hasSize(1_000).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) < 0);
    assertThat(watch.current()).isEqualTo(OFFICE);
  }

  @Test
  void dialsAtOnceWhereThereIsAWay() throws InterruptedException {
    coming.add(OFFICE);

    assertThat(watch.awaitWayTo(SERVER)).isFalse();
    assertThat(clock.pauses()).isEmpty();
  }

  @Test
  @DisplayName("the demo's server on the same machine needs no network")
  void oneOfSeveralServersIsEnough() throws InterruptedException {
    coming.add(NetworkState.NONE);

    assertThat(watch.awaitWayTo(List.of("sallyport.example", "127.0.0.1"))).isFalse();
  }

  @Test
  void aPauseWithoutChangesLastsAsLongAsItShould() throws InterruptedException {
    coming.add(OFFICE);

    assertThat(watch.pause(Duration.ofMinutes(5))).isFalse();
    assertThat(passed()).isBetween(Duration.ofMinutes(5).minusSeconds(2), Duration.ofMinutes(5));
  }

  @Test
  void aPauseOfNoTimeIsNone() throws InterruptedException {
    coming.add(OFFICE);

    assertThat(watch.pause(Duration.ZERO)).isFalse();
    assertThat(clock.pauses()).isEmpty();
  }

  @Test
  @DisplayName("K3 a pause of an hour ends within a second when another network comes")
  void aChangeEndsThePause() throws InterruptedException {
    coming.addAll(List.of(OFFICE, OFFICE, CAFE));

    assertThat(watch.pause(Duration.ofHours(1))).isTrue();
    assertThat(clock.pauses()).hasSize(2);
  }

  @Test
  void losingTheNetworkAlsoEndsIt() throws InterruptedException {
    coming.addAll(List.of(OFFICE, NetworkState.NONE));

    assertThat(watch.pause(Duration.ofHours(1))).isTrue();
  }

  @Test
  void followersHearOfEveryChangeWithWhatWasBefore() throws InterruptedException {
    record Change(NetworkState before, NetworkState after) {}

    BlockingQueue<Change> heard = new LinkedBlockingQueue<>();
    coming.addAll(List.of(OFFICE, OFFICE, CAFE, CAFE, NetworkState.NONE, OFFICE));

    try (var _ = watch.follow((before, after) -> heard.add(new Change(before, after)))) {
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(new Change(OFFICE, CAFE));
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(new Change(CAFE, NetworkState.NONE));
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(new Change(NetworkState.NONE, OFFICE));
    }
  }

  @Test
  @DisplayName("what Java itself says of this machine agrees with its own files")
  void thisMachineIsUnderstood() throws Exception {
    NetworkState here = NetworkWatch.ofThisMachine(AgentClock.system()).current();
    NetworkState byJava = new InterfacesNetwork().look(NetworkState.UNKNOWN);

    assertThat(here.addresses()).isEqualTo(byJava.addresses());
    assertThat(byJava.addresses())
        .isSubsetOf(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
            .map(NetworkWatchTest::withoutScope).toList());
  }

  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
