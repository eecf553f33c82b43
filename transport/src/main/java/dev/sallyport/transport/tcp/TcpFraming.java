package dev.sallyport.transport.tcp;

import java.nio.charset.StandardCharsets;

/** How messages lie on a stream: first, from each side, the preface; then each message behind its length in four bytes, big-endian. */
public final class TcpFraming {
  private static final byte[] PREFACE = "SLP1\n".getBytes(StandardCharsets.US_ASCII);

  private TcpFraming() {
  }

  /** What each side says first. */
  public static byte[] preface() {
    return PREFACE.clone();
  }
}
