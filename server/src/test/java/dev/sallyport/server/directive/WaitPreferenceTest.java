package dev.sallyport.server.directive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {
  @ParameterizedTest
  @ValueSource(strings = {"wait=10", "WAIT=10", "wait = \"10\"", "respond-async, wait=10",
      "wait=10; foo, return=minimal"})
  void readsTheSecondsAsRfc7240WritesThem(String header) {
    assertThat(WaitPreference.of(header)).contains(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "return=minimal", "wait", "wait=", "wait=-1", "wait=ten", "await=10", "wait=1.5",
      "wait=9999999999999999999"})
  void ignoresWhatItDoesNotUnderstandAsThatRfcAsks(String header) {
    assertThat(WaitPreference.of(header)).isEmpty();
  }

  @Test
  void holdsNobodyLongerThanTheLimit() {
    assertThat(WaitPreference.of("wait=86400")).contains(WaitPreference.MAX);
  }
}
