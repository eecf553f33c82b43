package dev.sallyport.testing.wall;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/** What a middlebox does to the HTTP that goes through it. */
enum Meddling {
  /** Passes everything on as it is, encrypted or not. */
  PASS,
  /** Opens TLS and reads along. */
  INSPECT,
  /** Opens TLS, and leaves out the header fields by which a connection is upgraded: it knows no WebSocket. */
  STRIP,
  /** Opens TLS, and takes what follows an upgrade for something else: the first bit of each piece comes out wrong. */
  MANGLE,
  /** Opens TLS, and hands an answer on when it is complete; one that never ends it never hands on. */
  HOLD;

  static Meddling named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  boolean opensTls() {
    return this != PASS;
  }

  /** From the agent to the server, until either ends. */
  void up(InputStream from, OutputStream to) throws IOException {
    if (this == STRIP) {
      HttpHead head = HttpHead.read(from);
      to.write(head.without("upgrade").without("connection").bytes());
      to.flush();
    }
    copy(from, to, false);
  }

  /** From the server to the agent, until either ends. */
  void down(InputStream from, OutputStream to) throws IOException {
    if (this == HOLD) {
      hold(from, to);
    } else if (this == MANGLE) {
      HttpHead head = HttpHead.read(from);
      to.write(head.bytes());
      to.flush();
      copy(from, to, head.status() == HttpHead.SWITCHING);
    } else {
      copy(from, to, false);
    }
  }

  private static void hold(InputStream from, OutputStream to) throws IOException {
    while (true) {
      HttpHead head = HttpHead.read(from);
      if (head.status() == HttpHead.SWITCHING) {
        from.transferTo(OutputStream.nullOutputStream()); // an answer without an end
        return;
      }
      byte[] body = head.body(from);
      to.write(head.bytes());
      to.write(body);
      to.flush();
    }
  }

  private static void copy(InputStream from, OutputStream to, boolean wrong) throws IOException {
    byte[] buffer = new byte[16_384];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      if (wrong) {
        buffer[0] ^= (byte) 0x80;
      }
      to.write(buffer, 0, count);
      to.flush();
    }
  }
}
