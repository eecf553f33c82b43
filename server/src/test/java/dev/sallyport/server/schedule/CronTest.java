package dev.sallyport.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When cron expressions happen. Berlin's clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00. */
class CronTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest(name = "\"{0}\" after {1}: {2}")
  @CsvSource({
      "* * * * *, 2026-11-22T10:00, 2026-11-22T10:01", "0 * * * *, 2026-11-22T10:00, 2026-11-22T11:00",
      "30 2 * * *, 2026-11-22T02:30, 2026-11-23T02:30", "30 2 * * *, 2026-11-22T02:29:59, 2026-11-22T02:30",
      "*/15 8-10 * * *, 2026-11-22T08:50, 2026-11-22T09:00", "0 9 * * MON-FRI, 2026-11-21T12:00, 2026-11-23T09:00",
      "0 9 * * 1-5, 2026-11-21T12:00, 2026-11-23T09:00", "0 9 * * sun, 2026-11-22T09:00, 2026-11-29T09:00",
      "0 9 * * 7, 2026-11-22T09:00, 2026-11-29T09:00", "0 9 * * 0, 2026-11-22T09:00, 2026-11-29T09:00",
      "0 0 1 JAN *, 2026-11-22T09:00, 2027-01-01T00:00", "0 0 29 2 *, 2026-11-22T09:00, 2028-02-29T00:00",
      "0 0 29 2 *, 2096-03-01T00:00, 2104-02-29T00:00", "0 0 L * *, 2026-11-22T09:00, 2026-11-30T00:00",
      "0 0 * * MON#1, 2026-11-22T09:00, 2026-12-07T00:00", "0 0 31 * *, 2026-11-22T09:00, 2026-12-31T00:00",
      "'5,10 0 * * ?', 2026-11-22T00:05, 2026-11-22T00:10", "@daily, 2026-11-22T10:00, 2026-11-23T00:00",
      "@hourly, 2026-11-22T10:00, 2026-11-22T11:00", "@weekly, 2026-11-22T10:00, 2026-11-29T00:00",
      "@monthly, 2026-11-22T10:00, 2026-12-01T00:00", "@yearly, 2026-11-22T10:00, 2027-01-01T00:00"})
  void happensWhenItSays(String cron, String after, String next) {
    assertThat(Cron.parse(cron).next(LocalDateTime.parse(after).atZone(BERLIN).toInstant(), BERLIN))
        .contains(LocalDateTime.parse(next).atZone(BERLIN).toInstant());
  }

  @ParameterizedTest(name = "\"{0}\": {1}")
  @DisplayName("spring: what is left out happens at the change, once; what follows the time that passes is not moved")
  @CsvSource({"30 2 * * *, 29T03:00+02 30T02:30+02", "0 2 * * *, 29T03:00+02 30T02:00+02",
      "0 3 * * *, 29T03:00+02 30T03:00+02", "'0,30 2 * * *', 29T03:00+02 30T02:00+02",
      "0 2-3 * * *, 29T03:00+02 30T02:00+02",
      "59 1 * * *, 29T01:59+01 30T01:59+02", "30 * * * *, 29T01:30+01 29T03:30+02",
      "0 * * * *, 29T01:00+01 29T03:00+02",
      "30 */2 * * *, 29T04:30+02 29T06:30+02"})
  void springForward(String cron, String expected) {
    assertThat(two(cron, Instant.parse("2026-03-28T23:59:59Z"))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "\"{0}\": {1}")
  @DisplayName("autumn: what is shown twice happens the first time; what follows the time that passes happens in both hours")
  @CsvSource({"30 2 * * *, 25T02:30+02 26T02:30+01", "0 3 * * *, 25T03:00+01 26T03:00+01",
      "0 2 * * *, 25T02:00+02 26T02:00+01", "30 * * * *, 25T02:30+02 25T02:30+01",
      "0 2-3 * * *, 25T02:00+02 25T03:00+01"})
  void autumnBack(String cron, String expected) {
    assertThat(two(cron, Instant.parse("2026-10-24T23:59:59Z"))).isEqualTo(expected);
  }

  private static String two(String cron, Instant after) {
    return Cron.parse(cron).upcoming(after, BERLIN, 2).stream().map(time -> time.atZone(BERLIN))
        .map(time -> String.format("%02dT%02d:%02d%s", time.getDayOfMonth(), time.getHour(), time.getMinute(),
            time.getOffset().getId().substring(0, 3)))
        .collect(Collectors.joining(" "));
  }

  @Test
  void startingInTheHourThatIsShownTwiceNothingIsRepeated() {
    Instant second = Instant.parse("2026-10-25T01:10:00Z");
    assertThat(Cron.parse("30 2 * * *").next(second, BERLIN)).contains(Instant.parse("2026-10-26T01:30:00Z"));
    assertThat(Cron.parse("30 * * * *").next(second, BERLIN)).contains(Instant.parse("2026-10-25T01:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
      "Pacific/Apia", "UTC"})
  @DisplayName("over years, a daily time happens once on every day of the calendar, and minutes follow each other")
  void everyDayOnce(String zone) {
    var id = ZoneId.of(zone);
    List<Instant> days = Cron.parse("15 2 * * *").upcoming(Instant.parse("2025-12-31T12:00:00Z"), id, 1_500);
    assertThat(days).isSorted().doesNotHaveDuplicates();
    assertThat(days.stream().map(time -> time.atZone(id).toLocalDate()).distinct()).hasSize(1_500);
    Instant start = Instant.parse("2026-10-24T22:00:00Z");
    List<Instant> minutes = Cron.parse("* * * * *").upcoming(start, id, 600);
    for (int i = 0; i < minutes.size(); i++) {
      assertThat(minutes.get(i)).isEqualTo(start.plusSeconds(60L * (i + 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 32 * *", "* * 0 * *",
      "* * * 13 *", "* * * * 8", "a * * * *", "* * * * MONDAY!", "@never", "5-1 * * * *", "*/0 * * * *", "-1 * * * *",
      "0 0 31 2 *", "0 0 1 * MON", "0 0 */2 * 1", "1,,2 * * * *"})
  void whatIsNoCronExpressionIsRefusedWithWhatIsExpected(String cron) {
    assertThatThrownBy(() -> Cron.parse(cron)).isInstanceOf(ProtocolException.class).hasMessageStartingWith("expected");
  }

  @Test
  void anEndlessExpressionIsRefused() {
    assertThatThrownBy(() -> Cron.parse("1,".repeat(60) + "1 * * * *")).isInstanceOf(ProtocolException.class);
  }
}
