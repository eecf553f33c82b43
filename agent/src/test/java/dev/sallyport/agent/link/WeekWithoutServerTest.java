package dev.sallyport.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import dev.sallyport.agent.execute.Performer;
import dev.sallyport.agent.fake.Await;
import dev.sallyport.agent.fake.FakeClock;
import dev.sallyport.agent.fake.FakeServer;
import dev.sallyport.agent.fake.MemoryNetwork;
import dev.sallyport.agent.fake.TestAgent;
import dev.sallyport.agent.state.FaultyDisk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
final class WeekWithoutServerTest {
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  @DisplayName("a week without a server: the same memory, the same disk, a few lines of log, and back at once")
  void aWeekWithoutAServerGrowsNothing() throws Exception {
    var server = new FakeServer();
    var network = new MemoryNetwork(server);
    var clock = new WeekClock();
    var agent = new TestAgent(new FaultyDisk(), new FaultyDisk(), network, clock,
        Performer.of(TestAgent.primitives()));
    agent.enrol(server.bundle(MemoryNetwork.ADDRESS));
    agent.start();
    server.awaitLink();
    Await.until("connected", () -> agent.logged().contains("connected"));

    network.down(true);
    clock.begin(agent);
    agent.keeper().goAway();
    Await.until("the week is over", clock::over);

    assertThat(network.dials()).as("dials in a week, at most one check-in interval apart")
        .isGreaterThan(7 * 24 * 60 * 2);
    assertThat(agent.logged().lines().count()).as("lines of log").isLessThan(60);
    assertThat(clock.namesAtEnd()).isEqualTo(clock.namesAtStart());
    assertThat(clock.heapGrowth()).as("bytes of heap that a week left behind").isLessThan(2_000_000);
    network.down(false);
    server.awaitLink();
    agent.stop();
  }

  /** Counts a week of pauses; remembers how much there was of everything after the first day and after the last. */
  private static final class WeekClock extends FakeClock {
    private final AtomicReference<TestAgent> watched = new AtomicReference<>();
    private final Map<String, Integer> atStart = new HashMap<>();
    private final Map<String, Integer> atEnd = new HashMap<>();
    private Duration passed = Duration.ZERO;
    private long heapAtStart;
    private long heapAtEnd;

    void begin(TestAgent agent) {
      watched.set(agent);
    }

    @Override
    public synchronized void pause(Duration time) throws InterruptedException {
      super.pause(time);
      TestAgent agent = watched.get();
      if (agent == null) {
        return;
      }
      Duration before = passed;
      passed = passed.plus(time);
      forgetPauses();
      if (before.compareTo(Duration.ofDays(1)) < 0 && passed.compareTo(Duration.ofDays(1)) >= 0) {
        heapAtStart = heap();
        measure(agent, atStart);
      }
      if (before.compareTo(WEEK) < 0 && passed.compareTo(WEEK) >= 0) {
        heapAtEnd = heap();
        measure(agent, atEnd);
      }
    }

    private static void measure(TestAgent agent, Map<String, Integer> sizes) {
      agent.disk().names()
          .forEach(name -> sizes.put(name, name.equals("contact") ? 0 : agent.disk().bytes(name).length));
      agent.journalDisk().names().forEach(name -> sizes.put(name, agent.journalDisk().bytes(name).length));
    }

    private static long heap() {
      System.gc();
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    synchronized boolean over() {
      return passed.compareTo(WEEK) >= 0;
    }

    synchronized Map<String, Integer> namesAtStart() {
      return Map.copyOf(atStart);
    }

    synchronized Map<String, Integer> namesAtEnd() {
      return Map.copyOf(atEnd);
    }

    synchronized long heapGrowth() {
      return heapAtEnd - heapAtStart;
    }
  }
}
