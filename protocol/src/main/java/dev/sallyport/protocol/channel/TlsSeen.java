package dev.sallyport.protocol.channel;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;

/**
 * What an agent saw of TLS around its session: the body of TLSINFO. If it is not what the server showed, somebody between opens TLS (K6); the
 * session inside tells neither anything.
 *
 * @param leaf SHA-256 of the certificate that was shown, 32 bytes
 * @param issuer the distinguished name of whoever signed it (RFC 2253), at most {@link #MAX_ISSUER_LENGTH} characters, or empty; a
 *   stranger's words
 */
public record TlsSeen(Bytes leaf, String issuer) {
  /** Most characters of an issuer's name. */
  public static final int MAX_ISSUER_LENGTH = 200;

  private static final int LEAF_BYTES = 32;
  private static final int MAX_UTF8_BYTES = 3; // of one UTF-16 unit

  /** Checks. */
  public TlsSeen {
    leaf = leaf.requireLength("TLS leaf", LEAF_BYTES);
    PlainText.require("TLS issuer", issuer, MAX_ISSUER_LENGTH);
  }

  /** Returns what was seen, the name cleaned and cut to fit. */
  public static TlsSeen of(byte[] leaf, String issuer) {
    return new TlsSeen(Bytes.of(leaf), PlainText.clean(issuer, MAX_ISSUER_LENGTH));
  }

  /** Returns the body it travels in: the leaf, then the issuer in UTF-8. */
  public byte[] encode() {
    byte[] name = issuer.getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(leaf.toArray(), LEAF_BYTES + name.length);
    System.arraycopy(name, 0, body, LEAF_BYTES, name.length);
    return body;
  }

  /**
   * Reads the body it travels in.
   *
   * @throws ProtocolException if it is anything else
   */
  public static TlsSeen decode(byte[] body) {
    if (body.length < LEAF_BYTES || body.length > LEAF_BYTES + MAX_UTF8_BYTES * MAX_ISSUER_LENGTH) {
      throw new ProtocolException(
          "TLSINFO: expected " + LEAF_BYTES + " bytes and a name, found " + body.length + " bytes");
    }
    try {
      CharBuffer issuer = StandardCharsets.UTF_8.newDecoder()
          .decode(ByteBuffer.wrap(body, LEAF_BYTES, body.length - LEAF_BYTES));
      return new TlsSeen(Bytes.of(Arrays.copyOf(body, LEAF_BYTES)), issuer.toString());
    } catch (CharacterCodingException e) {
      throw new ProtocolException("TLSINFO: the issuer is not UTF-8", e);
    }
  }
}
