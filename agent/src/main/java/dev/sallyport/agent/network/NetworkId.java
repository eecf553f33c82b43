package dev.sallyport.agent.network;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names the network a machine is in, so that what worked in it can be remembered: the same in the same office tomorrow, another at home,
 * though both may hand out 192.168.1.20. Two names, because right after joining a network nobody knows its gateway's hardware
 * address yet.
 *
 * @param rough digest of the gateway's address, the kind of interface and the network's prefix; the empty text without any network
 * @param exact the same with the gateway's hardware address; the empty text while that is not known, or there is none
 */
public record NetworkId(String rough, String exact) {
  /** In no network, or none that can be told from others. */
  public static final NetworkId NONE = new NetworkId("", "");

  /** Enough to tell the networks of a machine's life apart; a digest does not say where somebody was. */
  private static final int DIGEST_BYTES = 8;

  static NetworkId of(String gateway, String hardware, String kind, String prefix) {
    String rough = gateway + ' ' + kind + ' ' + prefix;
    return new NetworkId(digest(rough), hardware.isEmpty() ? "" : digest(rough + ' ' + hardware));
  }

  /** Whether both may be the same network: by the exact names if both are known, else by the rough ones. */
  public boolean mayBe(NetworkId other) {
    boolean both = !exact.isEmpty() && !other.exact.isEmpty();
    return both ? exact.equals(other.exact) : rough.equals(other.rough);
  }

  /**
   * The names to remember something under and to look for it by, the best first: note it under all of them, and take the first that is
   * found. Empty for {@link #NONE}.
   */
  public List<String> names() {
    if (rough.isEmpty()) {
      return List.of();
    }
    return exact.isEmpty() ? List.of(rough) : List.of(exact, rough);
  }

  private static String digest(String text) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
