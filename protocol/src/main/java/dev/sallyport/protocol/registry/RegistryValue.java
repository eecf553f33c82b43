package dev.sallyport.protocol.registry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * A value of the Windows registry: a type and bytes. It travels in the form that fits its type, {@code text}, {@code texts} or
 * {@code number}, if that says all of it, and as {@code bytes} otherwise: types and bytes need not agree in a registry.
 *
 * @param data at most {@value #MAX_DATA_BYTES} bytes; texts are UTF-16LE with a zero behind each
 */
public record RegistryValue(Type type, Bytes data) {
  /** Most bytes of a value. */
  public static final int MAX_DATA_BYTES = 128 << 10;

  /** Most texts of a {@link Type#REG_MULTI_SZ}. */
  public static final int MAX_TEXTS = 4096;

  private static final String TYPE = "type";
  private static final String[] FIELDS = {TYPE, "text", "texts", "number", "bytes"};

  private static final int MAX_TYPE_LENGTH = 32;

  /** The types of winnt.h, with their numbers there. */
  public enum Type {
    /** No type. */
    REG_NONE(0),
    /** Text. */
    REG_SZ(1),
    /** Text with variables in percent signs. */
    REG_EXPAND_SZ(2),
    /** Bytes. */
    REG_BINARY(3),
    /** A number of 32 bits. */
    REG_DWORD(4),
    /** A number of 32 bits, its highest byte first. */
    REG_DWORD_BIG_ENDIAN(5),
    /** A symbolic link. */
    REG_LINK(6),
    /** Texts. */
    REG_MULTI_SZ(7),
    /** A list of hardware resources. */
    REG_RESOURCE_LIST(8),
    /** A hardware resource. */
    REG_FULL_RESOURCE_DESCRIPTOR(9),
    /** Hardware resources that are asked for. */
    REG_RESOURCE_REQUIREMENTS_LIST(10),
    /** A number of 64 bits. */
    REG_QWORD(11);

    private static final Type[] ALL = values();

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /** Returns the number of the type in winnt.h. */
    public int code() {
      return code;
    }

    /**
     * Returns the type of a number.
     *
     * @throws ProtocolException if there is none
     */
    public static Type ofCode(int code) {
      for (Type type : ALL) {
        if (type.code == code) {
          return type;
        }
      }
      throw new ProtocolException("registry type: expected 0 to " + REG_QWORD.code + ", found " + code);
    }

    private static Type ofWord(String word) {
      for (Type type : ALL) {
        if (type.name().equals(word)) {
          return type;
        }
      }
      throw new ProtocolException("expected a registry type, for example REG_SZ");
    }
  }

  /** Checks. */
  public RegistryValue {
    if (data.length() > MAX_DATA_BYTES) {
      throw new ProtocolException(
          "registry value: expected at most " + MAX_DATA_BYTES + " bytes, found " + data.length());
    }
  }

  /** Returns a text. */
  public static RegistryValue text(Type type, String text) {
    return new RegistryValue(type, Bytes.of((text + "\0").getBytes(StandardCharsets.UTF_16LE)));
  }

  /** Returns a list of texts. */
  public static RegistryValue texts(List<String> texts) {
    var joined = new StringBuilder();
    for (String text : texts) {
      joined.append(text).append('\0');
    }
    return new RegistryValue(Type.REG_MULTI_SZ,
        Bytes.of(joined.append('\0').toString().getBytes(StandardCharsets.UTF_16LE)));
  }

  /** Returns a number of 32 bits. */
  public static RegistryValue dword(long number) {
    return new RegistryValue(Type.REG_DWORD,
        Bytes.of(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) number).array()));
  }

  /** Returns a number of 64 bits, written in decimal without sign. */
  public static RegistryValue qword(String number) {
    try {
      return new RegistryValue(Type.REG_QWORD, Bytes.of(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.parseUnsignedLong(number)).array()));
    } catch (NumberFormatException e) {
      throw new ProtocolException("number: expected 0 to 18446744073709551615 in decimal, as a string");
    }
  }

  /** Puts it in the form that fits its type. */
  public JsonObject.Builder put(JsonObject.Builder json) {
    json.put(TYPE, type.name());
    ByteBuffer bytes = ByteBuffer.wrap(data.toArray()).order(ByteOrder.LITTLE_ENDIAN);
    String text = new String(data.toArray(), StandardCharsets.UTF_16LE);
    switch (type) {
      case REG_SZ, REG_EXPAND_SZ, REG_LINK -> {
        String inner = text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
        if (isPlain(inner) && text(type, inner).equals(this)) {
          return json.put("text", inner);
        }
      }
      case REG_MULTI_SZ -> {
        List<String> texts = split(text);
        if (texts.size() <= MAX_TEXTS && texts.stream().allMatch(RegistryValue::isPlain) && texts(texts).equals(this)) {
          return json.putStrings("texts", texts);
        }
      }
      case REG_DWORD -> {
        if (bytes.remaining() == Integer.BYTES) {
          return json.put("number", Integer.toUnsignedLong(bytes.getInt()));
        }
      }
      case REG_QWORD -> {
        if (bytes.remaining() == Long.BYTES) {
          return json.put("number", Long.toUnsignedString(bytes.getLong()));
        }
      }
      case REG_NONE, REG_BINARY, REG_DWORD_BIG_ENDIAN, REG_RESOURCE_LIST, REG_FULL_RESOURCE_DESCRIPTOR,
          REG_RESOURCE_REQUIREMENTS_LIST -> {
        // Only bytes fit them.
      }
    }
    return json.putBytes("bytes", data.toArray());
  }

  /** An inner zero, or half of a pair, would not come back as it was. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || (Character.isSurrogate(c)
          && (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(++i))))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> split(String text) {
    List<String> texts = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\0'); end > from; end = text.indexOf('\0', from)) {
      texts.add(text.substring(from, end));
      from = end + 1;
    }
    return texts;
  }

  /**
   * Reads the members that {@link #put} put; others are not looked at.
   *
   * @throws ProtocolException if they are anything else
   */
  public static RegistryValue fromJson(JsonObject json) {
    Type type = Type.ofWord(json.string(TYPE, MAX_TYPE_LENGTH));
    int given = 0;
    for (int i = 1; i < FIELDS.length; i++) {
      given += json.has(FIELDS[i]) ? 1 : 0;
    }
    if (given != 1) {
      throw json.refused(TYPE, "expected exactly one of text, texts, number, bytes beside it");
    }
    if (json.has("bytes")) {
      return new RegistryValue(type, Bytes.of(json.bytes("bytes", 0, MAX_DATA_BYTES)));
    }
    return switch (type) {
      case REG_SZ, REG_EXPAND_SZ, REG_LINK ->
        text(type, requirePlain(json, "text", json.string("text", MAX_DATA_BYTES / 2)));
      case REG_MULTI_SZ -> texts(requireTexts(json));
      case REG_DWORD -> dword(json.integer("number", 0, (1L << 32) - 1));
      case REG_QWORD -> qword(json.string("number", 20));
      case REG_NONE, REG_BINARY, REG_DWORD_BIG_ENDIAN, REG_RESOURCE_LIST, REG_FULL_RESOURCE_DESCRIPTOR,
          REG_RESOURCE_REQUIREMENTS_LIST ->
        throw json.refused(TYPE, "a value of this type is given as bytes");
    };
  }

  private static List<String> requireTexts(JsonObject json) {
    List<String> texts = json.strings("texts", MAX_TEXTS, MAX_DATA_BYTES / 2);
    for (String text : texts) {
      if (text.isEmpty()) {
        throw json.refused("texts", "an empty text would end the list");
      }
      requirePlain(json, "texts", text);
    }
    return texts;
  }

  private static String requirePlain(JsonObject json, String field, String text) {
    if (!isPlain(text)) {
      throw json.refused(field, "a text cannot hold NUL or half a character");
    }
    return text;
  }
}
