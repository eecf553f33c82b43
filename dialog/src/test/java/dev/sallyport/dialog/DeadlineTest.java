package dev.sallyport.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeadlineTest {
  @ParameterizedTest
  @CsvSource({"0, 0:00", "1, 0:01", "1000, 0:01", "1001, 0:02", "59000, 0:59", "59001, 1:00", "65000, 1:05",
      "600000, 10:00", "3600000, 1:00:00", "3661000, 1:01:01", "82800000, 23:00:00", "4200000, 1:10:00"})
  void isToldAsPeopleCount(long millis, String words) {
    assertThat(Deadline.words(Duration.ofMillis(millis))).isEqualTo(words);
  }
}
