package dev.sallyport.server.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * Times that come again, as the five fields of cron say them: minute, hour, day of month, month, day of week; with {@code *}, lists, ranges,
 * steps and names ({@code MON}, {@code JAN}), {@code L}, {@code W} and {@code #} in the fields of days, or one word such as {@code @daily}.
 *
 * <p>When clocks are changed: a time that is left out happens at the moment of the change, one that is shown twice happens the first time. An
 * expression whose field of hours begins with {@code *} follows the time that passes instead: it happens in both hours that look the same, and
 * what would lie in the hour that is left out does not happen.
 */
public final class Cron {
  /** Most characters of an expression. */
  public static final int MAX_LENGTH = 100;

  private static final int FIELDS = 5;
  private static final int HOUR = 1;
  private static final int DAY_OF_MONTH = 2;
  private static final int DAY_OF_WEEK = 4;
  /** Changed clocks that are looked beyond: what does not happen within them does not happen. */
  private static final int MAX_CHANGES = 64;
  private static final Map<String, String> WORDS = Map.of("@hourly", "0 * * * *", "@daily", "0 0 * * *", "@midnight",
      "0 0 * * *", "@weekly", "0 0 * * 0", "@monthly", "0 0 1 * *", "@yearly", "0 0 1 1 *", "@annually", "0 0 1 1 *");

  private final String text;
  private final CronExpression expression;
  private final boolean everyHour;

  private Cron(String text, CronExpression expression, boolean everyHour) {
    this.text = text;
    this.expression = expression;
    this.everyHour = everyHour;
  }

  /**
   * Reads an expression.
   *
   * @throws ProtocolException saying what is wrong with it
   */
  public static Cron parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new ProtocolException("expected at most " + MAX_LENGTH + " characters");
    }
    String written = text.strip();
    String expanded = WORDS.getOrDefault(written, written);
    String[] fields = expanded.split("\\s+");
    if (fields.length != FIELDS) {
      throw new ProtocolException("expected five fields (minute, hour, day of month, month, day of week), as in"
          + " \"30 2 * * MON-FRI\", or one of @hourly, @daily, @weekly, @monthly, @yearly");
    }
    if (!any(fields[DAY_OF_MONTH]) && !any(fields[DAY_OF_WEEK])) {
      throw new ProtocolException("expected either a day of month or a day of week, and * for the other: programs"
          + " disagree about what both mean (MON#1 is the first Monday of a month)");
    }
    try {
      var cron = new Cron(written, CronExpression.parse("0 " + expanded), fields[HOUR].startsWith("*"));
      if (cron.next(Instant.EPOCH, ZoneOffset.UTC).isEmpty()) {
        throw new ProtocolException("expected times that exist; this never happens");
      }
      return cron;
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(
          "expected minute 0-59, hour 0-23, day of month 1-31, month 1-12 or JAN-DEC, day of week"
              + " 0-7 or SUN-SAT; one of the fields of \"" + written + "\" is otherwise");
    }
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** The next time after this one; empty if there is none any more. */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset = rules.getOffset(after);
    LocalDateTime wall = LocalDateTime.ofInstant(after, offset);
    @Nullable
    ZoneOffsetTransition change = rules.nextTransition(after);
    for (int changes = 0; changes < MAX_CHANGES; changes++) {
      LocalDateTime found = nextOnWall(rules, wall, offset);
      if (found == null) {
        return Optional.empty();
      }
      if (change == null || found.toInstant(offset).isBefore(change.getInstant())) {
        return Optional.of(found.toInstant(offset));
      }
      if (change.isGap() && !everyHour && found.isBefore(change.getDateTimeAfter())) {
        return Optional.of(change.getInstant());
      }
      offset = change.getOffsetAfter();
      wall = change.getDateTimeAfter().minusNanos(1);
      change = rules.nextTransition(change.getInstant());
    }
    return Optional.empty();
  }

  /** The next times after this one, as far as there are so many. */
  public List<Instant> upcoming(Instant after, ZoneId zone, int count) {
    var times = new ArrayList<Instant>();
    Optional<Instant> time = next(after, zone);
    while (time.isPresent() && times.size() < count) {
      times.add(time.get());
      time = next(time.get(), zone);
    }
    return times;
  }

  /** The next time that the wall clock shows, passing over those that it shows for the second time. */
  private @Nullable LocalDateTime nextOnWall(ZoneRules rules, LocalDateTime wall, ZoneOffset offset) {
    LocalDateTime found = expression.next(wall);
    while (found != null && !everyHour && isRepeated(rules, found, offset)) {
      found = expression.next(found);
    }
    return found;
  }

  private static boolean isRepeated(ZoneRules rules, LocalDateTime wall, ZoneOffset offset) {
    List<ZoneOffset> offsets = rules.getValidOffsets(wall);
    return offsets.size() > 1 && !offsets.getFirst().equals(offset);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cron cron && cron.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static boolean any(String field) {
    return field.equals("*") || field.equals("?");
  }
}
