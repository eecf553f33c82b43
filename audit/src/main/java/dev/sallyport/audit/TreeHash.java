package dev.sallyport.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962 section 2.1: an entry cannot pass for an inner node, nor the other way round. */
final class TreeHash {
  /** Bytes of every hash. */
  static final int BYTES = 32;
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private TreeHash() {
  }

  /** The hash of the tree without entries. */
  static byte[] empty() {
    return sha256().digest();
  }

  /** The hash of an entry as it is stored. */
  static byte[] leaf(byte[] entry) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return digest.digest(entry);
  }

  /** The hash of two subtrees. */
  static byte[] node(byte[] left, byte[] right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
