package dev.sallyport.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.sallyport.agent.fake.FakeClock;
import dev.sallyport.agent.ladder.Intervals;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.FaultyDisk;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LinkPaceTest {
  private static final List<String> HOME = List.of("home");
  private static final String WAY = "websocket wss://sallyport.example/agent";

  private final FakeClock clock = new FakeClock();
  private final Intervals intervals = new Intervals(clock::nanoTime);
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), clock);
  private final PolicyFile policy = PolicyFile.load(new FaultyDisk(), log);
  private final QuietCuts cuts = new QuietCuts(intervals, log);

  LinkPaceTest() throws IOException {
    // the disk is empty
  }

  /** A wire that only says what it is. */
  private record Named(String route, Duration answer) implements Wire {
    @Override
    public void send(byte[] message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] receive() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void readTimeout(Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public WireFacts facts() {
      return new WireFacts("websocket", route, "", new byte[0], "");
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }
  }

  private LinkPace pace(String route, int answer, int terms) {
    return new LinkPace(intervals, policy, Duration.ofSeconds(terms), new Named(route, Duration.ofSeconds(answer)),
        HOME, WAY);
  }

  private LinkPace pace() {
    return pace("direct", 5, 60);
  }

  private static long seconds(LinkPace pace) {
    return pace.now().interval().toSeconds();
  }

  @ParameterizedTest
  @CsvSource({"direct, 5, 60, 60", "direct, 5, 25, 25", "direct, 5, 600, 60", "http proxy 10.0.0.1:3128, 5, 60, 30",
      "direct, 20, 60, 60", "http proxy 10.0.0.1:3128, 20, 60, 40", "direct, 5, 2, 2"})
  void theWayAndTheServersTermsBoundIt(String route, int answer, int terms, int interval) {
    assertThat(seconds(pace(route, answer, terms))).isEqualTo(interval);
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "30, 60", "29, 29", "15, 15", "10, 10", "1, 10"})
  void aSiteThatChecksInMoreOftenThanUsualNoticesDeadPathsSooner(int checkIn, int interval) {
    LinkPace pace = pace();
    policy.replace(new AgentPolicy(Duration.ofSeconds(checkIn), Duration.ofSeconds(1), Duration.ofSeconds(300)));

    assertThat(seconds(pace)).isEqualTo(interval);
  }

  @Test
  void aLinkThatWasCutWhenQuietAndIsBackAtOnceIsLessQuietFromThenOn() {
    LinkPace pace = pace();
    pace.now();
    cuts.suspect(pace.cut(Duration.ofSeconds(30)));
    assertThat(seconds(pace())).as("nobody knows why it ended").isEqualTo(60);

    cuts.after(HOME, WAY, true);

    assertThat(seconds(pace())).isEqualTo(27);
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("cut after 30 s without a word");
  }

  @Test
  void aQuestionThatNobodyAnsweredHalvesIt() {
    LinkPace pace = pace();
    pace.now();
    cuts.suspect(pace.cut(Duration.ofSeconds(60)));
    cuts.after(HOME, WAY, true);

    assertThat(seconds(pace())).isEqualTo(30);
  }

  @Test
  void aServerThatWasAwayOrAnotherWayOrNetworkIsNoSuchCase() {
    LinkPace pace = pace();
    pace.now();
    for (Runnable next : List.<Runnable>of(() -> cuts.after(HOME, WAY, false), () -> cuts.after(HOME, "tls", true),
        () -> cuts.after(List.of("office"), WAY, true))) {
      cuts.suspect(pace.cut(Duration.ofSeconds(30)));
      next.run();
      cuts.after(HOME, WAY, true);
      assertThat(seconds(pace())).isEqualTo(60);
    }
  }
}
