package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.protocol.ProtocolException;

/**
 * payload1, 256 bytes, readable by the holder of the server's static key only.
 *
 * @param kind why the agent calls
 * @param attempt grows with every HELLO of an agent, from 1 to {@link #MAX_ATTEMPT}; replays fall under the server's floor
 * @param agentTimeMs the agent's clock, milliseconds since 1970
 * @param features bits the agent understands, 32
 * @param appVersion the agent's version, one byte each for major (upper 16 bits), minor and patch
 * @param proofs 16 bytes for each secret the agent holds, newest first, at most {@link #MAX_PROOFS}
 */
public record HelloPayload(HelloKind kind, long attempt, long agentTimeMs, int features, int appVersion,
    List<byte[]> proofs) {
  /** The most proofs one HELLO carries. */
  public static final int MAX_PROOFS = 5;

  /** The highest attempt number; half of what fits, so that one more never overflows. */
  public static final long MAX_ATTEMPT = Long.MAX_VALUE / 2;

  static final int BYTES = 256;
  private static final int VERSION = 1;
  private static final int RESERVED_BYTES = 3;

  public HelloPayload {
    proofs = List.copyOf(proofs);
    requireRange("attempt", attempt, 1, MAX_ATTEMPT);
    requireRange("agentTimeMs", agentTimeMs, 0, Long.MAX_VALUE);
    requireRange("k", proofs.size(), 0, MAX_PROOFS);
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.put((byte) VERSION).put((byte) kind.code()).putShort((short) 0).putLong(attempt).putLong(agentTimeMs)
        .putInt(features).putInt(appVersion).put((byte) proofs.size()).put(new byte[RESERVED_BYTES]);
    for (byte[] proof : proofs) {
      out.put(proof);
    }
    return out.array();
  }

  static HelloPayload decode(byte[] bytes) {
    PayloadReader in = new PayloadReader("payload1", bytes, BYTES);
    in.exactly("ver", VERSION);
    HelloKind kind = HelloKind.of(in.u8());
    in.zeros("flags", Short.BYTES);
    long attempt = in.i64();
    long agentTimeMs = in.i64();
    int features = in.i32();
    int appVersion = in.i32();
    int count = in.u8();
    in.zeros("reserved", RESERVED_BYTES);
    requireRange("k", count, 0, MAX_PROOFS);
    List<byte[]> proofs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      proofs.add(in.bytes(Slp.PROOF_BYTES));
    }
    in.zerosToEnd();
    return new HelloPayload(kind, attempt, agentTimeMs, features, appVersion, proofs);
  }

  private static void requireRange(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ProtocolException("payload1." + field + " must be " + least + " to " + most + ", not " + value);
    }
  }
}
