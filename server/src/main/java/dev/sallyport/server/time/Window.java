package dev.sallyport.server.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * When runs may start, by the clock on the wall of a time zone: from one time of day to another, on some days of the week. A window whose end
 * is not after its beginning ends on the next day, and belongs to the day on which it began.
 *
 * <p>What the wall clock shows decides, also when clocks are changed: an hour that is shown twice lies in the window twice, an hour that is
 * left out is in no window.
 */
public sealed interface Window {
  /** When a window closes that never does. */
  Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  /** Whether it is open at this time. */
  boolean isOpen(Instant now);

  /** When this next becomes otherwise than it is now; {@link #NEVER} if it stays so. */
  Instant nextChange(Instant now);

  /** When a window that is open closes; now if it is closed. */
  default Instant closes(Instant now) {
    return isOpen(now) ? nextChange(now) : now;
  }

  /** When it is next open: now, or later; {@link #NEVER} if it stays closed. */
  default Instant opens(Instant now) {
    return isOpen(now) ? now : nextChange(now);
  }

  /** No limit. */
  record Always() implements Window {
    @Override
    public boolean isOpen(Instant now) {
      return true;
    }

    @Override
    public Instant nextChange(Instant now) {
      return NEVER;
    }
  }

  /**
   * The same hours of some days.
   *
   * @param days on which it begins, at least one
   * @param from when it begins
   * @param to when it ends; not after {@code from} means on the next day
   */
  record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) implements Window {
    /** Changes of a week, seen from any day, and some changed clocks: after so many nothing new comes. */
    private static final int MAX_STEPS = 64;

    public Hours {
      days = Set.copyOf(days);
      if (days.isEmpty()) {
        throw new IllegalArgumentException("a window has at least one day");
      }
    }

    @Override
    public boolean isOpen(Instant now) {
      LocalDateTime wall = LocalDateTime.ofInstant(now, zone);
      LocalTime time = wall.toLocalTime();
      boolean overnight = !to.isAfter(from);
      boolean begun = !time.isBefore(from) && (overnight || time.isBefore(to));
      boolean left = overnight && time.isBefore(to);
      DayOfWeek day = wall.getDayOfWeek();
      return (begun && days.contains(day)) || (left && days.contains(day.minus(1)));
    }

    @Override
    public Instant nextChange(Instant now) {
      boolean open = isOpen(now);
      Instant at = now;
      for (int step = 0; step < MAX_STEPS; step++) {
        at = nextStep(at);
        if (isOpen(at) != open) {
          return at;
        }
      }
      return NEVER;
    }

    /** The next moment at which anything can change: the wall clock shows one of the times, or is itself changed. */
    private Instant nextStep(Instant at) {
      ZoneOffset offset = zone.getRules().getOffset(at);
      LocalDateTime wall = LocalDateTime.ofInstant(at, offset);
      Instant next = next(wall, from).toInstant(offset);
      Instant other = next(wall, to).toInstant(offset);
      next = other.isBefore(next) ? other : next;
      ZoneOffsetTransition change = zone.getRules().nextTransition(at);
      return change != null && change.getInstant().isBefore(next) ? change.getInstant() : next;
    }

    private static LocalDateTime next(LocalDateTime wall, LocalTime time) {
      LocalDateTime today = wall.toLocalDate().atTime(time);
      return today.isAfter(wall) ? today : today.plusDays(1);
    }
  }

  /** As it is stored and shown. */
  default JsonObject toJson() {
    return switch (this) {
      case Always _ -> JsonObject.EMPTY;
      case Hours hours -> JsonObject.builder()
          .putStrings("days", hours.days().stream().sorted().map(Words::of).toList())
          .put("from", hours.from().toString()).put("to", hours.to().toString())
          .put("timeZone", hours.zone().getId()).build();
    };
  }

  /**
   * Reads {@code days} (three letters each; all if left out), {@code from}, {@code to} ({@code HH:MM}) and {@code timeZone}.
   *
   * @throws ProtocolException naming the field at fault
   */
  static Window fromJson(JsonObject json) {
    json.onlyFields("days", "from", "to", "timeZone");
    Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
    if (json.has("days")) {
      List<String> words = json.strings("days", Words.MAX_DAYS, Words.DAY_LENGTH);
      days = EnumSet.noneOf(DayOfWeek.class);
      for (String word : words) {
        days.add(Words.day(json, word));
      }
      if (days.isEmpty()) {
        throw json.refused("days", "expected at least one day");
      }
    }
    return new Hours(days, Words.time(json, "from"), Words.time(json, "to"), zone(json));
  }

  /**
   * Reads {@code timeZone}, a name such as {@code Europe/Berlin}.
   *
   * @throws ProtocolException if there is none of this name
   */
  static ZoneId zone(JsonObject json) {
    String name = json.string("timeZone", Words.MAX_ZONE_LENGTH);
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw json.refused("timeZone", "expected the name of a time zone, such as Europe/Berlin or UTC");
    }
  }

  /** The words of the API. */
  final class Words {
    private static final int DAY_LENGTH = 3;
    private static final int MAX_DAYS = 7;
    private static final int MAX_ZONE_LENGTH = 64;
    private static final int TIME_LENGTH = 5;

    private Words() {
    }

    static String of(DayOfWeek day) {
      return day.name().substring(0, DAY_LENGTH).toLowerCase(Locale.ROOT);
    }

    static DayOfWeek day(JsonObject json, String word) {
      var known = new ArrayList<String>();
      for (DayOfWeek day : DayOfWeek.values()) {
        if (of(day).equals(word)) {
          return day;
        }
        known.add(of(day));
      }
      throw json.refused("days", "expected days out of " + String.join(", ", known));
    }

    static LocalTime time(JsonObject json, String name) {
      String text = json.string(name, TIME_LENGTH);
      try {
        if (text.length() == TIME_LENGTH) {
          return LocalTime.parse(text);
        }
      } catch (DateTimeException e) {
        throw json.refused(name, "expected a time of day, such as 22:00");
      }
      throw json.refused(name, "expected a time of day, such as 22:00");
    }
  }
}
