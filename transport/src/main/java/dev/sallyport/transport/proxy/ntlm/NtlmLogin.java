package dev.sallyport.transport.proxy.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

import dev.sallyport.protocol.ProtocolException;

/**
 * One log-in: {@link #negotiate}, the other side's challenge, {@link #authenticate}. The password is not shown, and what is shown serves
 * for this one challenge.
 *
 * <p>If the challenge tells the time, the last message carries a code over all three (MIC, MS-NLMP section 3.1.5.1.2), so that nobody between
 * can have changed what was agreed upon.
 */
public final class NtlmLogin {
  private static final int NEGOTIATE = 1;
  private static final int NEGOTIATE_BYTES = 32;
  private static final int AUTHENTICATE = 3;
  private static final int HEADER_BYTES = 88;
  private static final int CODE_AT = 72;
  private static final int CODE_BYTES = 16;
  private static final int LM_BYTES = 24;
  private static final byte[] RESPONSE_VERSION = {1, 1, 0, 0, 0, 0, 0, 0};
  private static final byte[] FOUR_ZEROS = new byte[4];

  /** Windows counts from 1601, in steps of 100 ns. */
  private static final long WINDOWS_EPOCH_SECONDS = 11_644_473_600L;
  private static final long STEPS_PER_SECOND = 10_000_000;
  private static final long NANOS_PER_STEP = 100;

  private final String user;
  private final String domain;
  private final String password;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * @param login {@code DOMAIN\\user}, {@code user@domain} or only {@code user}
   * @param password in the clear
   */
  public NtlmLogin(String login, String password, SecureRandom random, InstantSource clock) {
    int backslash = login.indexOf('\\');
    this.domain = backslash < 0 ? "" : login.substring(0, backslash);
    this.user = login.substring(backslash + 1); // with @domain, which belongs to the name as Windows sends it
    this.password = password;
    this.random = random;
    this.clock = clock;
  }

  /** The first message. */
  public byte[] negotiate() {
    return ByteBuffer.allocate(NEGOTIATE_BYTES).order(ByteOrder.LITTLE_ENDIAN).put(Flags.SIGNATURE).putInt(NEGOTIATE)
        .putInt(Flags.OFFERED).array();
  }

  /**
   * The third message.
   *
   * @param challenge the second, from a stranger
   * @throws ProtocolException if it is no challenge
   */
  public byte[] authenticate(byte[] challenge) {
    ServerChallenge asked = ServerChallenge.parse(challenge);
    byte[] own = new byte[ServerChallenge.NONCE_BYTES];
    random.nextBytes(own);
    Optional<byte[]> time = asked.target().timestamp();
    byte[] target = (time.isPresent() ? asked.target().promisingCode() : asked.target()).encode();
    try (NtlmKey key = NtlmKey.of(user, domain, password)) {
      byte[] temp = join(RESPONSE_VERSION, time.orElseGet(this::now), own, FOUR_ZEROS, target, FOUR_ZEROS);
      byte[] proof = key.sign(asked.nonce(), temp);
      byte[] lm = time.isPresent() ? new byte[LM_BYTES] : join(key.sign(asked.nonce(), own), own);
      byte[] message = message(lm, join(proof, temp), asked.flags() & Flags.OFFERED);
      if (time.isPresent()) {
        byte[] session = key.sign(proof);
        byte[] code = NtlmKey.hmac(session, negotiate(), challenge, message);
        System.arraycopy(code, 0, message, CODE_AT, CODE_BYTES);
        Arrays.fill(session, (byte) 0);
      }
      return message;
    }
  }

  /** MS-NLMP section 2.2.1.3; no name of this machine and no session key. */
  private byte[] message(byte[] lm, byte[] nt, int flags) {
    byte[] domainBytes = domain.getBytes(StandardCharsets.UTF_16LE);
    byte[] userBytes = user.getBytes(StandardCharsets.UTF_16LE);
    byte[] none = new byte[0];
    byte[][] fields = {lm, nt, domainBytes, userBytes, none, none};
    ByteBuffer out = ByteBuffer
        .allocate(HEADER_BYTES + lm.length + nt.length + domainBytes.length + userBytes.length)
        .order(ByteOrder.LITTLE_ENDIAN).put(Flags.SIGNATURE).putInt(AUTHENTICATE);
    int at = HEADER_BYTES;
    for (byte[] field : fields) {
      out.putShort((short) field.length).putShort((short) field.length).putInt(at);
      at += field.length;
    }
    out.putInt(flags).position(HEADER_BYTES); // no version; the code comes when all else stands
    for (byte[] field : fields) {
      out.put(field);
    }
    return out.array();
  }

  private byte[] now() {
    Instant now = clock.instant();
    long steps = (now.getEpochSecond() + WINDOWS_EPOCH_SECONDS) * STEPS_PER_SECOND + now.getNano() / NANOS_PER_STEP;
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(steps).array();
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      out.put(part);
    }
    return out.array();
  }
}
