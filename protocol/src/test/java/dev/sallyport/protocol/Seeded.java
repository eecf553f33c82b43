package dev.sallyport.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

/**
 * Makes random values for properties. A failing property names its seed; {@code -Dseed=N} replays it.
 */
public final class Seeded {
  private static final String CHARACTERS = "abcXYZ019 .,/\\\"'<>&{}[]:\t\n\r\b\f\0\u001b\u007f\u0085\u00e9\u0416\u2028\u2029"
      + "\u202e\u4e2d\ufeff\uffff\ud83d\ude00\ud800\udc00\udbff\udfff";

  private static final int FUZZ_SAMPLES = 12;

  private final SplittableRandom random;

  private Seeded(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Checks a property for so many seeds. */
  public static void forSeeds(int rounds, Consumer<Seeded> property) {
    Long replay = Long.getLong("seed");
    long first = replay == null ? new SplittableRandom().nextLong() : replay;
    for (int i = 0; i < (replay == null ? rounds : 1); i++) {
      try {
        property.accept(new Seeded(first + i));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("fails for seed " + (first + i) + "; replay with -Dseed=" + (first + i), e);
      }
    }
  }

  /** A few valid inputs to start a fuzzer from; the same ones every time. */
  public static Stream<Arguments> samples(Function<Seeded, byte[]> valid) {
    return LongStream.range(0, FUZZ_SAMPLES).mapToObj(seed -> Arguments.of((Object) valid.apply(new Seeded(seed))));
  }

  /** A number from 0 to below the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number between two bounds, both included; the bounds themselves often. */
  public long between(long min, long max) {
    return switch (below(8)) {
      case 0 -> min;
      case 1 -> max;
      default -> anywhere(min, max);
    };
  }

  private long anywhere(long min, long max) {
    if (max == Long.MAX_VALUE) {
      return min < 0 ? random.nextLong() >> below(64) : random.nextLong(min, max);
    }
    return random.nextLong(min, max + 1);
  }

  /** True as often as false. */
  public boolean coin() {
    return random.nextBoolean();
  }

  /** Any double, infinities and NaN included. */
  public double anyDouble() {
    return Double.longBitsToDouble(random.nextLong());
  }

  /** So many bytes. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Well-formed text of up to so many UTF-16 units, full of what needs care. */
  public String text(int maxLength) {
    StringBuilder text = new StringBuilder();
    int length = below(maxLength + 1);
    while (text.length() < length) {
      int point = coin() ? 'a' + below(26) : CHARACTERS.codePointAt(below(CHARACTERS.length()));
      if (point < 0xd800 || point > 0xdfff) {
        text.appendCodePoint(point);
      }
    }
    return text.length() > maxLength ? text.substring(0, maxLength - 1) : text.toString();
  }

  /** Text that {@link PlainText} takes, of one to so many UTF-16 units. */
  public String plain(int maxLength) {
    String text = PlainText.clean(text(maxLength), maxLength);
    return text.isEmpty() ? "p" : text;
  }

  /** Text an operating system takes, of one to so many UTF-16 units. */
  public String osText(int maxLength) {
    String text = text(maxLength).replace('\0', '0');
    return text.isEmpty() ? "o" : text;
  }

  /** An instant in whole milliseconds from 1970 to 9999. */
  public Instant instant() {
    return Instant.ofEpochMilli(between(0, 253_402_300_799_999L));
  }

  /** A UUID in lower case. */
  public String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[below(choices.length)];
  }

  /** A list of up to so many values. */
  public <T> List<T> list(int maxSize, Function<Seeded, T> item) {
    List<T> list = new ArrayList<>();
    for (int i = below(maxSize + 1); i > 0; i--) {
      list.add(item.apply(this));
    }
    return list;
  }

  /** Valid bytes with one to four small injuries: bits flipped, bytes dropped, doubled, inserted, the end cut off. */
  public byte[] injured(byte[] valid) {
    byte[] bytes = valid;
    for (int i = below(4); i >= 0; i--) {
      bytes = injuredOnce(bytes);
    }
    return bytes;
  }

  private byte[] injuredOnce(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes(1 + below(4));
    }
    int at = below(bytes.length);
    byte[] before = Arrays.copyOf(bytes, at);
    byte[] after = Arrays.copyOfRange(bytes, at, bytes.length);
    byte[] rest = Arrays.copyOfRange(bytes, at + 1, bytes.length);
    byte[] structural = String.valueOf("{}[],:\"\\0-ntf".charAt(below(13))).getBytes(StandardCharsets.US_ASCII);
    return switch (below(6)) {
      case 0 -> before;
      case 1 -> join(before, rest);
      case 2 -> join(before, bytes(1), rest);
      case 3 -> join(before, structural, after);
      case 4 -> join(before, structural, rest);
      default -> join(before, new byte[]{(byte) (bytes[at] ^ (1 << below(8)))}, rest);
    };
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
