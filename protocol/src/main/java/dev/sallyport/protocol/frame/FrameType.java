package dev.sallyport.protocol.frame;

/** The type and flag bytes of a frame. */
final class FrameType {
  static final int PAD = 0x00;
  static final int CONTROL = 0x01;
  static final int OPEN = 0x10;
  static final int DATA = 0x11;
  static final int CREDIT = 0x12;
  static final int RESET = 0x13;
  static final int PING = 0x20;
  static final int PONG = 0x21;
  static final int ACK = 0x22;
  static final int REHS1 = 0x30;
  static final int REHS2 = 0x31;
  static final int REKEY = 0x32;
  static final int GO_AWAY = 0x3F;

  /** DATA only: the sender's last. */
  static final int FLAG_FIN = 0x01;
  /** Of an unknown type only: whoever does not know it must not go on. */
  static final int FLAG_CRITICAL = 0x80;

  private FrameType() {
  }
}
