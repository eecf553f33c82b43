package dev.sallyport.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.Ed25519;

/**
 * Who signs a log's checkpoints: a name and an Ed25519 key (C2SP signed-note).
 *
 * @param name the log's name, without spaces and plus signs
 * @param publicKey the raw key
 */
public record NoteKey(String name, Bytes publicKey) {
  /** Most characters of a name. */
  public static final int MAX_NAME_LENGTH = 128;
  static final int ID_BYTES = 4;
  private static final byte ED25519 = 1;
  private static final int MAX_TEXT_LENGTH = 256;

  /**
   * Checks.
   *
   * @throws ProtocolException if the name or the key will not do
   */
  public NoteKey {
    requireName(name);
    Ed25519.publicKey(publicKey);
  }

  /**
   * Reads a verifier key, {@code name+keyid+key}; white space around it does no harm.
   *
   * @throws ProtocolException if it is none
   */
  public static NoteKey parse(String text) {
    String line = text.strip();
    String[] parts = line.length() > MAX_TEXT_LENGTH ? new String[0] : line.split("\\+", 3);
    if (parts.length != 3) {
      throw new ProtocolException("verifier key: expected name+keyid+key");
    }
    byte[] typed = base64(parts[2]);
    if (typed.length != 1 + Ed25519.KEY_BYTES || typed[0] != ED25519) {
      throw new ProtocolException("verifier key: expected an Ed25519 key");
    }
    var key = new NoteKey(parts[0], Bytes.of(Arrays.copyOfRange(typed, 1, typed.length)));
    if (!HexFormat.of().formatHex(key.id()).equals(parts[1])) {
      throw new ProtocolException("verifier key: the key's id is not that of its name and key");
    }
    return key;
  }

  /** Returns the form that {@link #parse} reads. */
  public String text() {
    return name + "+" + HexFormat.of().formatHex(id()) + "+"
        + Base64.getEncoder().encodeToString(typed(publicKey.toArray()));
  }

  /** The first bytes of a hash over name and key, which tell signatures apart. */
  byte[] id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return Arrays.copyOf(digest.digest(typed(publicKey.toArray())), ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  PublicKey key() {
    return Ed25519.publicKey(publicKey);
  }

  static String requireName(String name) {
    boolean usable = !name.isEmpty() && name.length() <= MAX_NAME_LENGTH
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '+');
    if (!usable) {
      throw new ProtocolException("log name: expected 1 to " + MAX_NAME_LENGTH + " characters without space and +");
    }
    return name;
  }

  /** In its one spelling: the decoder would overlook bits behind the last byte, and what can be altered unnoticed is not signed. */
  static byte[] base64(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("expected base64", e);
    }
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new ProtocolException("expected base64 in its usual spelling");
    }
    return bytes;
  }

  private static byte[] typed(byte[] raw) {
    byte[] typed = new byte[1 + raw.length];
    typed[0] = ED25519;
    System.arraycopy(raw, 0, typed, 1, raw.length);
    return typed;
  }
}
