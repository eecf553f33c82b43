package dev.sallyport.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sallyport.protocol.channel.Tried;
import org.junit.jupiter.api.Test;

class FoundWayTest {
  @Test
  void comesBackFromTheDatabaseAsItWasTold() {
    var way = new FoundWay(Instant.ofEpochMilli(1_763_800_000_123L),
        List.of(
            Tried.failed("websocket", "wss://h/agent", "a proxy said \"no\" <b>ünd</b>\u0000", Duration.ofSeconds(12)),
            Tried.worked("https-poll", "wss://h/agent", "http proxy p:1", Duration.ofMillis(7))));

    assertThat(FoundWay.of(way.text())).isEqualTo(way);
    assertThat(way.tried().getFirst().worked()).isFalse();
    assertThat(way.tried().getLast().worked()).isTrue();
  }

  @Test
  void aMachineThatToldNothingHasNoWay() {
    assertThat(FoundWay.of("")).isEqualTo(FoundWay.UNTOLD);
  }
}
