package dev.sallyport.pac;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The functions of proxy scripts that ask for the time: each takes a moment or a range, and {@code "GMT"} at the end for that zone instead of
 * the machine's. A range whose end lies before its beginning goes around: from Friday to Monday, from 22 to 6 o'clock. What makes no sense
 * is false.
 */
final class TimeFunctions {
  private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
  private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP",
      "OCT", "NOV", "DEC");
  private static final int MAX_DAY = 31;
  private static final int PLACE = 100;
  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;

  private final Clock clock;

  TimeFunctions(Clock clock) {
    this.clock = clock;
  }

  private ZonedDateTime now(List<String> words) {
    ZonedDateTime now = ZonedDateTime.now(clock);
    return isGmt(words) ? now.withZoneSameInstant(ZoneOffset.UTC) : now;
  }

  private static boolean isGmt(List<String> words) {
    return !words.isEmpty() && words.getLast().equalsIgnoreCase("GMT");
  }

  private static List<String> values(List<String> words) {
    return isGmt(words) ? words.subList(0, words.size() - 1) : words;
  }

  boolean weekdayRange(List<String> words) {
    var days = new ArrayList<Integer>();
    for (String word : values(words)) {
      days.add(DAYS.indexOf(word.toUpperCase(Locale.ROOT)) + 1);
    }
    if (days.isEmpty() || days.size() > 2 || days.contains(0)) {
      return false;
    }
    return isWithin(now(words).getDayOfWeek().getValue(), days.getFirst(), days.getLast());
  }

  /** Days, months and years, in any combination that is the same at both ends. */
  boolean dateRange(List<String> words) {
    List<String> values = values(words);
    int half = values.size() == 1 ? 1 : values.size() / 2;
    if (values.isEmpty() || (values.size() > 1 && values.size() % 2 != 0)) {
      return false;
    }
    Date from = Date.of(values.subList(0, half));
    Date to = Date.of(values.subList(values.size() - half, values.size()));
    ZonedDateTime now = now(words);
    var today = new Date(now.getDayOfMonth(), now.getMonthValue(), now.getYear()).likewise(from);
    return from.isSomething() && from.sameKind(to) && isWithin(today.asNumber(), from.asNumber(), to.asNumber());
  }

  /** Parts of a date; 0 for what is not said. */
  private record Date(int day, int month, int year) {
    static Date of(List<String> words) {
      int day = 0;
      int month = 0;
      int year = 0;
      for (String word : words) {
        int number = number(word);
        if (number < 0) {
          month = MONTHS.indexOf(word.toUpperCase(Locale.ROOT)) + 1;
        } else if (number <= MAX_DAY) {
          day = number;
        } else {
          year = number;
        }
      }
      return new Date(day, month, year);
    }

    boolean isSomething() {
      return asNumber() > 0;
    }

    boolean sameKind(Date other) {
      return (day == 0) == (other.day == 0) && (month == 0) == (other.month == 0) && (year == 0) == (other.year == 0);
    }

    /** Only the parts that the other one says. */
    Date likewise(Date other) {
      return new Date(other.day == 0 ? 0 : day, other.month == 0 ? 0 : month, other.year == 0 ? 0 : year);
    }

    int asNumber() {
      return (year * PLACE + month) * PLACE + day;
    }
  }

  /** Hours, with minutes, with seconds. An hour alone means all of it. */
  boolean timeRange(List<String> words) {
    var numbers = new ArrayList<Integer>();
    for (String word : values(words)) {
      numbers.add(number(word));
    }
    if (numbers.contains(-1)) {
      return false;
    }
    ZonedDateTime now = now(words);
    int second = now.toLocalTime().toSecondOfDay();
    return switch (numbers.size()) {
      case 1 -> now.getHour() == numbers.getFirst();
      case 2 -> isWithin(now.getHour(), numbers.getFirst(), numbers.getLast());
      case 4 -> isWithin(second - now.getSecond(), numbers.get(0) * HOUR + numbers.get(1) * MINUTE,
          numbers.get(2) * HOUR + numbers.get(3) * MINUTE);
      case 6 -> isWithin(second, numbers.get(0) * HOUR + numbers.get(1) * MINUTE + numbers.get(2),
          numbers.get(3) * HOUR + numbers.get(4) * MINUTE + numbers.get(5));
      default -> false;
    };
  }

  private static boolean isWithin(int value, int from, int to) {
    return from <= to ? from <= value && value <= to : value >= from || value <= to;
  }

  /** A number of at most four digits, or -1. */
  private static int number(String word) {
    boolean digits = !word.isEmpty() && word.length() <= 4 && word.chars().allMatch(sign -> sign >= '0' && sign <= '9');
    return digits ? Integer.parseInt(word) : -1;
  }
}
