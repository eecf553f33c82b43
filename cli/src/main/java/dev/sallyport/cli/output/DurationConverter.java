package dev.sallyport.cli.output;

import java.time.Duration;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as people write it: a whole number with s, m, h or d. */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final int MAX_DIGITS = 9;

  @Override
  public Duration convert(String text) {
    int last = text.length() - 1;
    if (last < 1 || last > MAX_DIGITS || !text.substring(0, last).chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw wrong(text);
    }
    long number = Long.parseLong(text.substring(0, last));
    return switch (text.charAt(last)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      case 'd' -> Duration.ofDays(number);
      default -> throw wrong(text);
    };
  }

  private static TypeConversionException wrong(String text) {
    return new TypeConversionException("'" + text + "' is not a duration; write for example 90s, 30m, 24h or 7d");
  }
}
