package dev.sallyport.protocol.message;

import dev.sallyport.protocol.ProtocolException;

/** Why a server refuses without authentication. Nobody changes any state because of one; an agent only backs off. */
public enum FailCode {
  /** The HELLO's protocol version is not spoken here. */
  BAD_VERSION(1),
  /** Handshakes queue too long; come back later. */
  BUSY(2),
  /** The single answer to an unknown key, a bad token and a HELLO that does not decrypt. */
  AUTH_FAILED(3),
  /** A record for a session that does not live here. */
  UNKNOWN_CID(4),
  /** Not a message of this protocol. */
  MALFORMED(5);

  private final int code;

  FailCode(int code) {
    this.code = code;
  }

  /** The number on the wire, 1 to 5. */
  public int code() {
    return code;
  }

  static FailCode of(int code) {
    return switch (code) {
      case 1 -> BAD_VERSION;
      case 2 -> BUSY;
      case 3 -> AUTH_FAILED;
      case 4 -> UNKNOWN_CID;
      case 5 -> MALFORMED;
      default -> throw new ProtocolException("unknown FAIL code " + code);
    };
  }
}
