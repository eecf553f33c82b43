package dev.sallyport.protocol.library;

import dev.sallyport.protocol.ProtocolException;

/**
 * A library's version, {@code major.minor.patch}, compared number by number.
 *
 * @param major from 0 to {@link #MAX_NUMBER}, as the others
 */
public record LibraryVersion(int major, int minor, int patch) implements Comparable<LibraryVersion> {
  /** Largest number. */
  public static final int MAX_NUMBER = 999_999;

  /** Most characters of the text. */
  public static final int MAX_LENGTH = 20;

  /** Refuses numbers out of range. */
  public LibraryVersion {
    requireNumber(major);
    requireNumber(minor);
    requireNumber(patch);
  }

  /** Reads {@code 1.2.3}: three decimal numbers without leading zeros. */
  public static LibraryVersion of(String text) {
    int first = text.indexOf('.');
    int second = first < 0 ? -1 : text.indexOf('.', first + 1);
    if (second < 0 || text.length() > MAX_LENGTH) {
      throw refused();
    }
    return new LibraryVersion(number(text, 0, first), number(text, first + 1, second),
        number(text, second + 1, text.length()));
  }

  private static int number(String text, int from, int to) {
    boolean sound = to > from && to - from <= 6 && (to - from == 1 || text.charAt(from) != '0');
    int value = 0;
    for (int i = from; sound && i < to; i++) {
      int digit = text.charAt(i) - '0';
      sound = digit >= 0 && digit <= 9;
      value = value * 10 + digit;
    }
    if (!sound) {
      throw refused();
    }
    return value;
  }

  private static void requireNumber(int number) {
    if (number < 0 || number > MAX_NUMBER) {
      throw refused();
    }
  }

  private static ProtocolException refused() {
    return new ProtocolException("version: expected three numbers up to " + MAX_NUMBER + ", for example 1.4.0");
  }

  @Override
  public int compareTo(LibraryVersion other) {
    if (major != other.major) {
      return Integer.compare(major, other.major);
    }
    return minor != other.minor ? Integer.compare(minor, other.minor) : Integer.compare(patch, other.patch);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
