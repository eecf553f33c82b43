package dev.sallyport.protocol.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;

/**
 * One thing that an audit found.
 *
 * @param key what it is called, unique in its section; plain text of at most {@value #MAX_KEY_BYTES} bytes of UTF-8
 * @param fields what is known of it: at most {@value #MAX_FIELDS}, each plain text of at most {@value #MAX_TEXT_LENGTH} characters, a whole
 *   number or a truth value
 */
public record AuditItem(String key, JsonObject fields) {
  /** Most bytes of a key in UTF-8: what an index of any database can hold. */
  public static final int MAX_KEY_BYTES = 1500;

  /** Most fields of an item. */
  public static final int MAX_FIELDS = 16;

  /** Most characters of a field's name, which are letters and digits. */
  public static final int MAX_NAME_LENGTH = 32;

  /** Most characters of a text. */
  public static final int MAX_TEXT_LENGTH = 512;

  /** Most items of a section; what is beyond is left out, and the answer says so. */
  public static final int MAX_ITEMS = 100_000;

  /** Most bytes that the keys and fields of a section take: 16 MiB. */
  public static final int MAX_SECTION_BYTES = 16 << 20;

  /** Bytes of an item's digest. */
  public static final int DIGEST_BYTES = 32;

  /** Checks. */
  public AuditItem {
    requireKey(key);
    if (fields.size() > MAX_FIELDS) {
      throw new ProtocolException("fields: expected at most " + MAX_FIELDS + ", found " + fields.size());
    }
    for (String name : fields.names()) {
      requireName(name);
      requireValue(fields, name);
    }
  }

  static String requireKey(String key) {
    PlainText.requireNonEmpty("key", key, MAX_KEY_BYTES);
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_KEY_BYTES) {
      throw new ProtocolException("key: expected at most " + MAX_KEY_BYTES + " bytes of UTF-8, found " + bytes);
    }
    return key;
  }

  private static void requireName(String name) {
    boolean fits = !name.isEmpty() && name.length() <= MAX_NAME_LENGTH;
    for (int i = 0; fits && i < name.length(); i++) {
      char c = name.charAt(i);
      fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    if (!fits) {
      throw new ProtocolException("fields: expected names of at most " + MAX_NAME_LENGTH + " letters and digits");
    }
  }

  private static void requireValue(JsonObject fields, String name) {
    Json value = fields.get(name);
    if (value instanceof JsonString(String text)) {
      PlainText.require(name, text, MAX_TEXT_LENGTH);
    } else if (!(value instanceof JsonNumber.Whole) && !(value instanceof JsonBool)) {
      throw fields.refused(name, "expected text, a whole number, or true or false");
    }
  }

  /** Returns SHA-256 of the key in UTF-8, a zero byte, and the fields as JSON. */
  public byte[] digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(key.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
      return sha256.digest(fields.bytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
