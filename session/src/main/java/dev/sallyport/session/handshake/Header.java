package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.protocol.ProtocolException;

/** The clear headers of HELLO and HELLO_REPLY, behind the kind byte. */
final class Header {
  private static final int VERSION_AT = 5;
  private static final int SUITE_AT = 6;
  private static final int SELECTOR_AT = 7;
  private static final int ZERO_AT = 8;
  private static final int HINT_AT = 9;
  private static final int HELLO_VERSION = 0x01;
  private static final int REPLY_VERSION = 0x02;

  private Header() {
  }

  static void writeHello(byte[] message, int serverKeySelector, byte[] hint) {
    write(message, Slp.HELLO, HELLO_VERSION, serverKeySelector);
    System.arraycopy(hint, 0, message, HINT_AT, Slp.HINT_BYTES);
  }

  static void writeReply(byte[] message, int pskIndex) {
    write(message, Slp.HELLO_REPLY, REPLY_VERSION, pskIndex);
  }

  /** Checks everything that is fixed and returns the server key's selector. */
  static int readHello(byte[] message) {
    return read(message, "HELLO", Slp.HELLO_BYTES, Slp.HELLO, HELLO_VERSION);
  }

  /** Checks everything that is fixed and returns the index of the secret that the server says it used. */
  static int readReply(byte[] message) {
    return read(message, "HELLO_REPLY", Slp.REPLY_BYTES, Slp.HELLO_REPLY, REPLY_VERSION);
  }

  static byte[] hint(byte[] hello) {
    return Arrays.copyOfRange(hello, HINT_AT, HINT_AT + Slp.HINT_BYTES);
  }

  private static void write(byte[] message, byte kind, int version, int selector) {
    message[0] = kind;
    System.arraycopy(Slp.MAGIC, 0, message, 1, Slp.MAGIC.length);
    message[VERSION_AT] = (byte) version;
    message[SUITE_AT] = Slp.SUITE;
    message[SELECTOR_AT] = (byte) selector;
    message[ZERO_AT] = 0;
  }

  private static int read(byte[] message, String name, int length, byte kind, int version) {
    if (message.length != length) {
      throw new ProtocolException(name + " has " + length + " bytes, not " + message.length);
    }
    if (message[0] != kind || !Arrays.equals(message, 1, VERSION_AT, Slp.MAGIC, 0, Slp.MAGIC.length)) {
      throw new ProtocolException("not a " + name + " of SLP/1");
    }
    if (message[VERSION_AT] != version || message[SUITE_AT] != Slp.SUITE || message[ZERO_AT] != 0) {
      throw new ProtocolException(name + " has a version or suite other than SLP/1's only one");
    }
    return Byte.toUnsignedInt(message[SELECTOR_AT]);
  }
}
