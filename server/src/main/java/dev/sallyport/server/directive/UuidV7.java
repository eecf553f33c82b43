package dev.sallyport.server.directive;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Makes the ids of directives: UUID version 7 (RFC 9562 section 5.7), so that ids sort by the time of their making. Within one
 * process they are strictly increasing even when the clock stands still or steps back: the 48 bits of time then stay, and the 12
 * bits after them count (RFC 9562 section 6.2, method 1).
 */
public final class UuidV7 {
  private static final int MAX_COUNT = 0xFFF;

  private final InstantSource clock;
  private final SecureRandom random;
  private long lastMillis;
  private int count;

  /** Makes ids from this clock's milliseconds and this source's randomness. */
  public UuidV7(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** The next id in its usual form of 36 lower-case characters. */
  public String next() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    stamp(id);
    id[8] = (byte) ((id[8] & 0x3F) | 0x80);
    String hex = HexFormat.of().formatHex(id);
    return hex.substring(0, 8) + '-' + hex.substring(8, 12) + '-' + hex.substring(12, 16) + '-' + hex.substring(16, 20)
        + '-'
        + hex.substring(20);
  }

  private synchronized void stamp(byte[] id) {
    long now = clock.millis();
    if (now > lastMillis) {
      lastMillis = now;
      count = 0;
    } else if (++count > MAX_COUNT) {
      lastMillis++;
      count = 0;
    }
    for (int i = 0; i < 6; i++) {
      id[i] = (byte) (lastMillis >>> (8 * (5 - i)));
    }
    id[6] = (byte) (0x70 | (count >>> 8));
    id[7] = (byte) count;
  }
}
