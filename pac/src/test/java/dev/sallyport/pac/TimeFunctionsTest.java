package dev.sallyport.pac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It is Wednesday, 31 December 2025, 23:30:15 in Berlin, and 22:30:15 in Greenwich. */
@DisplayName("K6 times in proxy scripts")
final class TimeFunctionsTest {
  private final TimeFunctions times = new TimeFunctions(
      Clock.fixed(Instant.parse("2025-12-31T22:30:15Z"), ZoneId.of("Europe/Berlin")));

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"WED, true", "wed, true", "THU, false", "MON FRI, true", "THU TUE, false", "SAT WED, true",
      "WED WED, true", "WED GMT, true", "MON TUE GMT, false", "XYZ, false", "'', false", "GMT, false",
      "MON TUE WED, false"})
  void weekdays(String arguments, boolean now) {
    assertThat(times.weekdayRange(words(arguments))).isEqualTo(now);
  }

  @ParameterizedTest
  @CsvSource({"31, true", "1, false", "1 15, false", "15 31, true", "20 5, true", "DEC, true", "NOV, false",
      "NOV JAN, true", "JAN MAR, false", "2025, true", "2026, false", "2024 2026, true", "24 DEC 6 JAN, true",
      "1 JUN 15 AUG, false", "1 JUN 2025 31 DEC 2025, true", "1 JAN 2026 31 DEC 2026, false",
      "OCT 2024 MAR 2026, true", "JAN 2026 MAR 2026, false", "31 GMT, true", "DEC GMT, true", "1 DEC, false",
      "1 2 3, false", "nonsense, false", "'', false"})
  void dates(String arguments, boolean now) {
    assertThat(times.dateRange(words(arguments))).isEqualTo(now);
  }

  @ParameterizedTest
  @CsvSource({"23, true", "22, false", "22 GMT, true", "9 17, false", "22 6, true", "6 23, true",
      "23 30 23 30, true", "23 31 23 59, false", "8 30 17 0, false", "23 30 10 23 30 20, true",
      "23 30 16 23 30 20, false", "23 0 0 1 0 0, true", "22 30 22 30 GMT, true", "1 2 3, false", "x, false",
      "'', false", "-1 5, false"})
  void hours(String arguments, boolean now) {
    assertThat(times.timeRange(words(arguments))).isEqualTo(now);
  }
}
