package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.protocol.ProtocolException;

/** Reads a payload of fixed length field by field; every refusal names payload and field. */
final class PayloadReader {
  private final String name;
  private final ByteBuffer in;

  PayloadReader(String name, byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new ProtocolException(name + " has " + length + " bytes, not " + bytes.length);
    }
    this.name = name;
    this.in = ByteBuffer.wrap(bytes);
  }

  int u8() {
    return Byte.toUnsignedInt(in.get());
  }

  int u16() {
    return Short.toUnsignedInt(in.getShort());
  }

  int i32() {
    return in.getInt();
  }

  long u32() {
    return Integer.toUnsignedLong(in.getInt());
  }

  long i64() {
    return in.getLong();
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  void exactly(String field, int expected) {
    int value = u8();
    if (value != expected) {
      throw new ProtocolException(name + "." + field + " must be " + expected + ", not " + value);
    }
  }

  void zeros(String field, int length) {
    int or = 0;
    for (int i = 0; i < length; i++) {
      or |= in.get();
    }
    if (or != 0) {
      throw new ProtocolException(name + "." + field + " must be zero");
    }
  }

  void zerosToEnd() {
    zeros("padding", in.remaining());
  }
}
