package dev.sallyport.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class AgentPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void everyPolicySurvivesTheWayOverTheWire() {
    Seeded.forSeeds(500, seeded -> {
      AgentPolicy policy = ControlMessageTest.policy(seeded);
      assertThat(AgentPolicy.fromJson(policy.toJson())).isEqualTo(policy);
    });
  }

  @Test
  @DisplayName("K2 the check-in interval is 30 s by default and never above 60 s")
  void theCheckInIntervalHasItsDefaultAndItsLimit() {
    assertThat(AgentPolicy.DEFAULT.checkIn()).isEqualTo(Duration.ofSeconds(30));
    assertThat(new AgentPolicy(Duration.ofSeconds(60), SECOND, SECOND).checkIn()).isEqualTo(Duration.ofMinutes(1));
    refused(Duration.ofSeconds(61), SECOND, SECOND);
    refused(Duration.ZERO, SECOND, SECOND);
    refused(Duration.ofMillis(1500), SECOND, SECOND);
    refused(Duration.ofSeconds(-1), SECOND, SECOND);
  }

  @Test
  void noPolicyMakesAgentsHammerTheServerOrLoseIt() {
    refused(SECOND, Duration.ofMillis(99), SECOND);
    refused(SECOND, Duration.ZERO, SECOND);
    refused(SECOND, SECOND, Duration.ofHours(1).plusMillis(1));
    refused(SECOND, SECOND, Duration.ofMillis(999));
    refused(SECOND, Duration.ofMillis(100).plusNanos(1), SECOND);
  }

  @Test
  void refusesUnknownSettings() {
    byte[] json = "{\"checkInSeconds\":30,\"firstRetryMs\":1000,\"lastRetryMs\":1000,\"t\":\"policy\"}"
        .getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> AgentPolicy.fromJson(Json.parseObject(json, JsonLimits.DEFAULT)))
        .withMessageStartingWith("field \"t\": unknown");
  }

  private static void refused(Duration checkIn, Duration first, Duration last) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new AgentPolicy(checkIn, first, last));
  }
}
