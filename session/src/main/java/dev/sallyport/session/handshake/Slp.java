package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.session.noise.AeadAlgorithm;
import dev.sallyport.session.noise.Dh;
import dev.sallyport.session.noise.HandshakePattern;
import dev.sallyport.session.noise.HashAlgorithm;
import dev.sallyport.session.noise.NoiseProtocol;

/** The numbers and names of SLP/1's handshake. There is one suite and no negotiation. */
final class Slp {
  static final byte HELLO = 0x01;
  static final byte HELLO_REPLY = 0x02;
  static final int SUITE = 0x02;
  /** Kind, header and Noise message 1. */
  static final int HELLO_BYTES = 1 + 1576;
  /** Kind, header and Noise message 2. */
  static final int REPLY_BYTES = 1 + 1288;
  static final int HEADER1_BYTES = 24;
  static final int HEADER2_BYTES = 8;
  static final int HINT_BYTES = 16;
  static final int SECRET_BYTES = 32;
  static final int PROOF_BYTES = 16;
  static final int CID_BYTES = 8;
  /** The index that says "no secret": 32 zero bytes were mixed in, and there is no session. */
  static final int NO_SECRET = 0xff;
  static final byte[] MAGIC = "SLP1".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] PROLOGUE_NAME = "sallyport-slp1".getBytes(StandardCharsets.US_ASCII);
  private static final HandshakePattern PATTERN = HandshakePattern.of("IKhfs+psk2", "<- s", "...",
      "-> e, es, e1, s, ss",
      "<- e, ee, ekem1, se, psk");

  private Slp() {
  }

  static NoiseProtocol protocol(Dh dh) {
    return new NoiseProtocol(PATTERN, dh, AeadAlgorithm.CHACHA_POLY, HashAlgorithm.SHA256);
  }

  /** The prologue: a name and the 24 bytes of header1, so that a changed header never authenticates. */
  static byte[] prologue(byte[] message, int headerOffset) {
    byte[] prologue = Arrays.copyOf(PROLOGUE_NAME, PROLOGUE_NAME.length + HEADER1_BYTES);
    System.arraycopy(message, headerOffset, prologue, PROLOGUE_NAME.length, HEADER1_BYTES);
    return prologue;
  }
}
