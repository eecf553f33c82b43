package dev.sallyport.testing.wall;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines before an HTTP body. */
record HttpHead(List<String> lines) {
  static final int SWITCHING = 101;
  private static final int MAX_BYTES = 64 * 1024;
  private static final int NO_CONTENT = 204;
  private static final int HEX = 16;

  static HttpHead read(InputStream in) throws IOException {
    var lines = new ArrayList<String>();
    int bytes = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
      bytes += line.length();
      if (bytes > MAX_BYTES) {
        throw new IOException("the head is longer than " + MAX_BYTES + " bytes");
      }
    }
    return new HttpHead(lines);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.size() > MAX_BYTES) {
        throw new EOFException("the head ends too early, or never");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** The second word of the first line. */
  String target() {
    return lines.getFirst().split(" ", -1)[1];
  }

  int status() {
    return Integer.parseInt(target());
  }

  String field(String name) {
    for (String line : lines) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return "";
  }

  HttpHead without(String name) {
    return new HttpHead(lines.stream().filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(name + ":")).toList());
  }

  byte[] bytes() {
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The whole body of an answer with this head, as it is on the wire. */
  byte[] body(InputStream in) throws IOException {
    if (status() == NO_CONTENT) {
      return new byte[0];
    }
    if (field("transfer-encoding").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    String length = field("content-length");
    return length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var all = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      all.writeBytes((size + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      int bytes = Integer.parseInt(size.split(";", 2)[0].strip(), HEX);
      all.writeBytes(in.readNBytes(bytes + 2));
      if (bytes == 0) {
        return all.toByteArray();
      }
    }
  }
}
