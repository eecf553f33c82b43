package dev.sallyport.session.handshake;

import module java.base;

/**
 * What a finished handshake leaves for the session: one key per direction, the connection id and the channel binding.
 * The arrays are the object's own, not copies; {@link #close()} wipes the keys, so whoever needs them longer copies them
 * first.
 */
public final class SessionKeys implements AutoCloseable {
  private final byte[] sendKey;
  private final byte[] receiveKey;
  private final byte[] cid;
  private final byte[] handshakeHash;

  /**
   * Takes the arrays over.
   *
   * @param sendKey 32 bytes, for records this end sends
   * @param receiveKey 32 bytes, for records this end receives
   * @param cid 8 bytes, stand in clear in every record
   * @param handshakeHash 32 bytes that both ends share with nobody else: the channel binding
   */
  public SessionKeys(byte[] sendKey, byte[] receiveKey, byte[] cid, byte[] handshakeHash) {
    if (sendKey.length != Slp.SECRET_BYTES || receiveKey.length != Slp.SECRET_BYTES || cid.length != Slp.CID_BYTES
        || handshakeHash.length != Slp.SECRET_BYTES) {
      throw new IllegalArgumentException("keys and hash have 32 bytes, the connection id 8");
    }
    this.sendKey = sendKey;
    this.receiveKey = receiveKey;
    this.cid = cid;
    this.handshakeHash = handshakeHash;
  }

  public byte[] sendKey() {
    return sendKey;
  }

  public byte[] receiveKey() {
    return receiveKey;
  }

  public byte[] cid() {
    return cid;
  }

  public byte[] handshakeHash() {
    return handshakeHash;
  }

  @Override
  public void close() {
    Arrays.fill(sendKey, (byte) 0);
    Arrays.fill(receiveKey, (byte) 0);
  }

  @Override
  public String toString() {
    return "SessionKeys[cid=" + HexFormat.of().formatHex(cid) + "]";
  }
}
