package dev.sallyport.operation.registry;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.registry.RegistryValue;

/**
 * Files of the registry editor, version 5.00: a header, then {@code [key]} and below it {@code "name"=value}, one in a line; {@code @} is
 * the default value. Values are {@code "text"}, {@code dword:00000000}, {@code hex:00,00} or {@code hex(type):00,00}, and a backslash at
 * the end of a line says that the next goes on.
 */
final class RegFile {
  private static final String HEADER = "Windows Registry Editor Version 5.00\r\n\r\n";
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String DEFAULT = "@";

  /** The editor breaks lines about here; longer ones are not sure to be read. */
  private static final int BYTES_IN_A_LINE = 24;

  /** Far beyond the line of the largest value, three letters a byte. */
  private static final int MAX_VALUE_LETTERS = 1 << 20;

  private RegFile() {
  }

  static byte[] setting(KeyPath key, String name, RegistryValue value) {
    return file("[" + key.text() + "]\r\n" + quoted(name) + "=" + hex(value) + "\r\n");
  }

  static byte[] deleting(KeyPath key, String name) {
    return file("[" + key.text() + "]\r\n" + quoted(name) + "=-\r\n");
  }

  static byte[] deletingKey(KeyPath key) {
    return file("[-" + key.text() + "]\r\n");
  }

  private static byte[] file(String section) {
    return (BYTE_ORDER_MARK + HEADER + section + "\r\n").getBytes(StandardCharsets.UTF_16LE);
  }

  private static String quoted(String name) {
    return name.isEmpty() ? DEFAULT : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String hex(RegistryValue value) {
    var text = new StringBuilder("hex(").append(Integer.toHexString(value.type().code())).append("):");
    byte[] data = value.data().toArray();
    for (int i = 0; i < data.length; i++) {
      if (i > 0) {
        text.append(i % BYTES_IN_A_LINE == 0 ? ",\\\r\n  " : ",");
      }
      text.append(Character.forDigit((data[i] >> 4) & 0xf, 16)).append(Character.forDigit(data[i] & 0xf, 16));
    }
    return text.toString();
  }

  /**
   * Reads the values of one key, which must be the file's first, as the tool writes it; the rest of the file is not looked at.
   *
   * @throws IOException if it is no such file
   */
  static Map<String, RegistryValue> values(BufferedReader file, KeyPath key) throws IOException {
    String line = file.readLine();
    while (line != null && !line.startsWith("[")) {
      line = file.readLine();
    }
    if (line == null || !line.endsWith("]") || !key.is(line.substring(1, line.length() - 1))) {
      throw new IOException("the registry's tool wrote down another key");
    }
    var values = new LinkedHashMap<String, RegistryValue>();
    for (line = file.readLine(); line != null && !line.startsWith("["); line = file.readLine()) {
      if (!line.isEmpty()) {
        read(whole(line, file), file, values);
      }
    }
    return values;
  }

  /** Joins lines of bytes that go on. Those of texts do not end in a backslash that is not doubled and quoted. */
  private static String whole(String first, BufferedReader file) throws IOException {
    var whole = new StringBuilder(first);
    while (whole.length() > 0 && whole.charAt(whole.length() - 1) == '\\' && whole.indexOf("=hex") >= 0) {
      whole.setLength(whole.length() - 1);
      String next = file.readLine();
      whole.append(next == null ? "" : next.strip());
      if (whole.length() > MAX_VALUE_LETTERS) {
        throw new IOException("a value of the registry is too large");
      }
    }
    return whole.toString();
  }

  private static void read(String line, BufferedReader file, Map<String, RegistryValue> values) throws IOException {
    try {
      String rest = line;
      String name = "";
      if (line.startsWith(DEFAULT)) {
        rest = line.substring(1);
      } else {
        var unquoted = new StringBuilder();
        rest = unquote(line, file, unquoted);
        name = unquoted.toString();
      }
      if (!rest.startsWith("=")) {
        throw new IOException("the registry's tool wrote a line without a value");
      }
      values.put(name, value(rest.substring(1), file));
    } catch (ProtocolException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException("the registry's tool wrote a value that is none: " + e.getMessage(), e);
    }
  }

  private static RegistryValue value(String text, BufferedReader file) throws IOException {
    if (text.startsWith("\"")) {
      var unquoted = new StringBuilder();
      unquote(text, file, unquoted);
      return RegistryValue.text(RegistryValue.Type.REG_SZ, unquoted.toString());
    }
    if (text.startsWith("dword:")) {
      return RegistryValue.dword(Long.parseLong(text.substring("dword:".length()), 16));
    }
    int type = text.startsWith("hex(")
        ? Integer.parseInt(text.substring("hex(".length(), text.indexOf(')')), 16)
        : RegistryValue.Type.REG_BINARY.code();
    return new RegistryValue(RegistryValue.Type.ofCode(type), bytes(text.substring(text.indexOf(':') + 1)));
  }

  private static Bytes bytes(String list) {
    var bytes = new ByteArrayOutputStream();
    for (int at = 0; at < list.length(); at += 3) {
      bytes.write(Integer.parseInt(list.substring(at, at + 2), 16));
    }
    return Bytes.of(bytes.toByteArray());
  }

  /** Takes the quoted text at the start, which may go on over lines; returns what stands behind it. */
  private static String unquote(String quoted, BufferedReader file, StringBuilder into) throws IOException {
    String text = quoted;
    int at = 1;
    while (true) {
      if (at == text.length()) {
        String next = file.readLine();
        if (next == null || into.length() > MAX_VALUE_LETTERS) {
          throw new IOException("the registry's tool wrote a text without an end");
        }
        into.append("\r\n");
        text = next;
        at = 0;
      } else if (text.charAt(at) == '"') {
        return text.substring(at + 1);
      } else {
        at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
        into.append(text.charAt(at));
        at++;
      }
    }
  }
}
