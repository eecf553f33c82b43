package dev.sallyport.server.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maintenance windows by the clock on the wall. Berlin's clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00. */
class WindowTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Window window(String days, String from, String to) {
    String listed = days.isEmpty() ? "" : "\"days\":[\"" + days.replace(" ", "\",\"") + "\"],";
    return Window.fromJson((JsonObject) Json.parse("{" + listed + "\"from\":\"" + from + "\",\"to\":\"" + to
        + "\",\"timeZone\":\"Europe/Berlin\"}"));
  }

  private static Instant berlin(String wall) {
    return LocalDateTime.parse(wall).atZone(BERLIN).toInstant();
  }

  @ParameterizedTest(name = "{0} {1}–{2} at {3}: {4}")
  @CsvSource({
      "'', 09:00, 17:00, 2026-11-23T08:59:59, false", "'', 09:00, 17:00, 2026-11-23T09:00, true",
      "'', 09:00, 17:00, 2026-11-23T16:59:59, true", "'', 09:00, 17:00, 2026-11-23T17:00, false",
      "mon, 09:00, 17:00, 2026-11-23T12:00, true", "mon, 09:00, 17:00, 2026-11-24T12:00, false",
      "sat sun, 00:00, 00:00, 2026-11-22T23:59:59, true", "sat sun, 00:00, 00:00, 2026-11-23T00:00, false",
      "'', 00:00, 00:00, 2026-11-23T12:00, true"})
  void isOpenByTheWallClock(String days, String from, String to, String at, boolean open) {
    assertThat(window(days, from, to).isOpen(berlin(at))).isEqualTo(open);
  }

  @ParameterizedTest(name = "at {0}: {1}")
  @DisplayName("a window across midnight belongs to the day on which it begins")
  @CsvSource({"2026-11-27T21:59:59, false", "2026-11-27T22:00, true", "2026-11-28T00:00, true",
      "2026-11-28T05:59:59, true", "2026-11-28T06:00, false", "2026-11-28T22:00, false", "2026-11-27T05:00, false"})
  void aWindowMayGoAcrossMidnight(String at, boolean open) {
    assertThat(window("fri", "22:00", "06:00").isOpen(berlin(at))).isEqualTo(open);
  }

  @Test
  void tellsWhenItOpensAndCloses() {
    Window friday = window("fri", "22:00", "06:00");
    assertThat(friday.opens(berlin("2026-11-23T12:00"))).isEqualTo(berlin("2026-11-27T22:00"));
    assertThat(friday.opens(berlin("2026-11-27T23:00"))).isEqualTo(berlin("2026-11-27T23:00"));
    assertThat(friday.closes(berlin("2026-11-27T23:00"))).isEqualTo(berlin("2026-11-28T06:00"));
    assertThat(friday.closes(berlin("2026-11-27T12:00"))).isEqualTo(berlin("2026-11-27T12:00"));
    assertThat(friday.opens(berlin("2026-11-28T06:00"))).isEqualTo(berlin("2026-12-04T22:00"));
  }

  @Test
  void whatIsAlwaysOpenNeverCloses() {
    assertThat(window("", "06:00", "06:00").closes(berlin("2026-11-23T12:00"))).isEqualTo(Window.NEVER);
    assertThat(new Window.Always().closes(Instant.EPOCH)).isEqualTo(Window.NEVER);
  }

  @Test
  void consecutiveDaysWithoutAGapAreOneOpening() {
    assertThat(window("sat sun", "00:00", "00:00").closes(berlin("2026-11-21T12:00")))
        .isEqualTo(berlin("2026-11-23T00:00"));
  }

  @Test
  @DisplayName("the hour that is left out in spring is in no window")
  void springForward() {
    Window inTheGap = window("", "02:00", "03:00");
    Instant before = Instant.parse("2026-03-29T00:59:59Z");
    assertThat(inTheGap.isOpen(before)).isFalse();
    assertThat(inTheGap.isOpen(before.plusSeconds(1))).as("the clock shows 03:00").isFalse();
    assertThat(inTheGap.opens(before)).isEqualTo(berlin("2026-03-30T02:00"));

    Window across = window("", "01:00", "04:00");
    assertThat(across.closes(berlin("2026-03-29T01:00"))).isEqualTo(Instant.parse("2026-03-29T02:00:00Z"));
    assertThat(Duration.between(berlin("2026-03-29T01:00"), across.closes(berlin("2026-03-29T01:00"))))
        .isEqualTo(Duration.ofHours(2));

    Window endsInTheGap = window("", "01:00", "02:30");
    assertThat(endsInTheGap.closes(berlin("2026-03-29T01:00"))).as("when the clock leaves the window")
        .isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
    Window beginsInTheGap = window("", "02:30", "04:00");
    assertThat(beginsInTheGap.opens(before)).as("when the clock comes into the window")
        .isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
  }

  @Test
  @DisplayName("the hour that is shown twice in autumn lies in the window twice")
  void autumnBack() {
    Window night = window("sat", "22:00", "06:00");
    assertThat(Duration.between(berlin("2026-10-24T22:00"), night.closes(berlin("2026-10-24T22:00"))))
        .isEqualTo(Duration.ofHours(9));
    Window repeated = window("", "02:00", "02:30");
    Instant first = Instant.parse("2026-10-25T00:00:00Z");
    assertThat(repeated.isOpen(first)).isTrue();
    assertThat(repeated.closes(first)).isEqualTo(first.plus(Duration.ofMinutes(30)));
    assertThat(repeated.opens(first.plus(Duration.ofMinutes(30)))).isEqualTo(first.plus(Duration.ofHours(1)));
    assertThat(repeated.closes(first.plus(Duration.ofHours(1)))).isEqualTo(first.plus(Duration.ofMinutes(90)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC",
      "Pacific/Apia", "America/Sao_Paulo"})
  @DisplayName("what it says of its next change is what looking every minute finds")
  void theNextChangeIsTheNextChange(String zone) {
    var chance = new Random(20261122);
    for (int i = 0; i < 40; i++) {
      String day = chance.nextBoolean() ? "\"days\":[\"sun\",\"wed\"]," : "";
      String json = "{" + day + "\"from\":\"" + LocalTime.of(chance.nextInt(24), 15 * chance.nextInt(4))
          + "\",\"to\":\"" + LocalTime.of(chance.nextInt(24), 15 * chance.nextInt(4)) + "\",\"timeZone\":\"" + zone
          + "\"}";
      Window window = Window.fromJson((JsonObject) Json.parse(json));
      Instant begin = Instant.parse(chance.nextBoolean() ? "2026-03-07T00:00:00Z" : "2026-10-24T00:00:00Z")
          .plus(Duration.ofHours(chance.nextInt(24 * 24)));
      Instant change = window.nextChange(begin);
      Instant end = change.equals(Window.NEVER) ? begin.plus(Duration.ofDays(9)) : change;
      for (Instant at = begin; at.isBefore(end); at = at.plusSeconds(300)) {
        assertThat(window.isOpen(at)).as("%s at %s", json, at).isEqualTo(window.isOpen(begin));
      }
      if (!change.equals(Window.NEVER)) {
        assertThat(window.isOpen(change)).as("%s at %s", json, change).isNotEqualTo(window.isOpen(begin));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{\"from\":\"22:00\",\"to\":\"06:00\"}", "{\"from\":\"22:00\",\"timeZone\":\"UTC\"}",
      "{\"from\":\"25:00\",\"to\":\"06:00\",\"timeZone\":\"UTC\"}",
      "{\"from\":\"22\",\"to\":\"06:00\",\"timeZone\":\"UTC\"}",
      "{\"from\":\"22:00:00\",\"to\":\"06:00\",\"timeZone\":\"UTC\"}",
      "{\"from\":\"22:00\",\"to\":\"06:00\",\"timeZone\":\"Mars/Olympus\"}",
      "{\"from\":\"22:00\",\"to\":\"06:00\",\"timeZone\":\"UTC\",\"days\":[]}",
      "{\"from\":\"22:00\",\"to\":\"06:00\",\"timeZone\":\"UTC\",\"days\":[\"Mon\"]}",
      "{\"from\":\"22:00\",\"to\":\"06:00\",\"timeZone\":\"UTC\",\"hours\":[]}"})
  void whatIsNoWindowIsRefused(String json) {
    assertThatThrownBy(() -> Window.fromJson((JsonObject) Json.parse(json))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aWindowIsReadAsItWasStored() {
    Window window = window("mon sun", "22:00", "06:00");
    assertThat(Window.fromJson(window.toJson())).isEqualTo(window);
  }
}
