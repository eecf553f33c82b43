package dev.sallyport.server.backup.age;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import dev.sallyport.protocol.Bytes;

/**
 * What stands before the encrypted bytes: the ways to the file key, and an authentication code under it.
 *
 * @param stanzas at least one
 * @param authenticated the bytes that the code covers
 * @param code the authentication code, 32 bytes
 */
record AgeHeader(List<Stanza> stanzas, Bytes authenticated, Bytes code) {
  private static final String VERSION = "age-encryption.org/v1";
  private static final String STANZA = "-> ";
  private static final String END = "---";
  private static final String HEADER_INFO = "header";
  private static final int LINE_COLUMNS = 64;
  /** Longest header that is read: far more than this server writes. */
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final int MAX_STANZAS = 32;
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  AgeHeader {
    stanzas = List.copyOf(stanzas);
  }

  /** Writes a header. */
  static byte[] encode(List<Stanza> stanzas, byte[] fileKey) {
    var text = new StringBuilder(VERSION).append('\n');
    for (Stanza stanza : stanzas) {
      text.append(STANZA).append(stanza.type());
      stanza.arguments().forEach(argument -> text.append(' ').append(argument));
      text.append('\n');
      String body = base64(stanza.body().toArray());
      for (int at = 0; at <= body.length(); at += LINE_COLUMNS) {
        text.append(body, at, Math.min(at + LINE_COLUMNS, body.length())).append('\n');
      }
    }
    text.append(END);
    byte[] code = code(fileKey, text.toString().getBytes(StandardCharsets.US_ASCII));
    return text.append(' ').append(base64(code)).append('\n').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a header.
   *
   * @throws AgeException if there is none, or none of this version
   */
  static AgeHeader read(InputStream in) throws IOException {
    var lines = new Lines(in);
    if (!lines.next().equals(VERSION)) {
      throw new AgeException("it is not a file encrypted with " + VERSION);
    }
    var stanzas = new ArrayList<Stanza>();
    String line = lines.next();
    while (line.startsWith(STANZA)) {
      List<String> words = List.of(line.substring(STANZA.length()).split(" ", -1));
      stanzas.add(new Stanza(words.getFirst(), words.subList(1, words.size()), body(lines)));
      if (stanzas.size() > MAX_STANZAS) {
        throw new AgeException("its header names more than " + MAX_STANZAS + " recipients");
      }
      line = lines.next();
    }
    if (stanzas.isEmpty() || !line.startsWith(END + " ")) {
      throw new AgeException("its header is damaged");
    }
    int covered = lines.count() - 1 - line.length() + END.length();
    return new AgeHeader(stanzas, Bytes.of(Arrays.copyOf(lines.all(), covered)),
        Bytes.of(bytes(line.substring(END.length() + 1))));
  }

  /** Whether this header was made by somebody who knew the file key, and is as it was made. */
  boolean isAuthentic(byte[] fileKey) {
    return MessageDigest.isEqual(code(fileKey, authenticated.toArray()), code.toArray());
  }

  private static Bytes body(Lines lines) throws IOException {
    var text = new StringBuilder();
    String line;
    do {
      line = lines.next();
      if (line.length() > LINE_COLUMNS) {
        throw new AgeException("its header is damaged");
      }
      text.append(line);
    } while (line.length() == LINE_COLUMNS);
    return Bytes.of(bytes(text.toString()));
  }

  private static byte[] code(byte[] fileKey, byte[] text) {
    byte[] key = AgeKeys.hkdf(fileKey, new byte[0], HEADER_INFO);
    try {
      return AgeKeys.hmac(key, text);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  static String base64(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** Only the one spelling that {@link #base64} gives: a header that can be spelled in two ways can be changed unseen. */
  static byte[] bytes(String base64) throws AgeException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new AgeException("its header is damaged", e);
    }
    if (!base64(bytes).equals(base64)) {
      throw new AgeException("its header is damaged");
    }
    return bytes;
  }

  /** Lines of a stream, not one byte further, and never more than a header has. */
  private static final class Lines {
    private final InputStream in;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    Lines(InputStream in) {
      this.in = in;
    }

    String next() throws IOException {
      int start = all.size();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("it ends within its header");
        }
        if (c < ' ' || c > '~' || all.size() >= MAX_HEADER_BYTES) {
          throw new AgeException("it is not a file encrypted with " + VERSION);
        }
        all.write(c);
      }
      String line = all.toString(StandardCharsets.US_ASCII).substring(start);
      all.write('\n');
      return line;
    }

    int count() {
      return all.size();
    }

    byte[] all() {
      return all.toByteArray();
    }
  }
}
