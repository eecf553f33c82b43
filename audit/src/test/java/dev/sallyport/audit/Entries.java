package dev.sallyport.audit;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.Ed25519;

/** Entries and keys for tests, and the tree as RFC 6962 defines it. */
final class Entries {
  static final KeyPair PAIR = pair();
  static final NoteKey KEY = new NoteKey("sallyport/test/audit", Ed25519.raw(PAIR.getPublic()));

  private Entries() {
  }

  /** Entry {@code n} of a log. */
  static byte[] entry(long n) {
    return ("{\"n\":" + n + ",\"ts\":\"2026-01-01T00:00:00." + String.valueOf(1_000_000 + n).substring(1)
        + "Z\",\"type\":\"test.done\"}").getBytes(StandardCharsets.UTF_8);
  }

  static List<byte[]> upTo(long count) {
    var entries = new ArrayList<byte[]>();
    for (long n = 0; n < count; n++) {
      entries.add(entry(n));
    }
    return entries;
  }

  /** RFC 6962 section 2.1, word by word. */
  static byte[] naiveRoot(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return TreeHash.empty();
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = 1;
    while (split * 2 < leaves.size()) {
      split *= 2;
    }
    return TreeHash.node(naiveRoot(leaves.subList(0, split)), naiveRoot(leaves.subList(split, leaves.size())));
  }

  static Bytes naiveRootOf(List<byte[]> leaves) {
    return Bytes.of(naiveRoot(leaves));
  }

  static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
