package dev.sallyport.session.noise;

import module java.base;

import javax.crypto.KEM;

import dev.sallyport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * One end of one handshake (Noise rev. 34 §5.3): it walks the pattern's tokens, message by message.
 *
 * <p>A message may be taken in steps. {@link #readThrough} stops behind a token, so that a caller can look at an identity
 * before it pays for the rest, and between the tokens and the payload the caller sees the {@link #handshakeHash()} that
 * the payload may be bound to. After a {@link ProtocolException} the state is spoilt and can only be closed.
 *
 * <p>Not safe for use by two threads at once, but tied to none. Closing wipes the chaining key and the ephemeral keys.
 */
public final class HandshakeState implements AutoCloseable {
  private final NoiseProtocol protocol;
  private final boolean initiator;
  private final boolean psk;
  private final SymmetricState symmetric;
  private final HandshakeKeys keys;
  private byte @Nullable [] ephemeral;
  private byte @Nullable [] remoteEphemeral;
  private @Nullable KemKeyPair kem;
  private byte @Nullable [] remoteKem;
  private int message;
  private int token;

  /**
   * Begins a handshake.
   *
   * @param prologue what both ends must agree on beforehand; hashed, not sent
   * @throws IllegalArgumentException if the pattern needs a static key beforehand that is not there
   */
  public HandshakeState(NoiseProtocol protocol, Role role, byte[] prologue, HandshakeKeys keys) {
    this.protocol = protocol;
    this.initiator = role == Role.INITIATOR;
    this.keys = keys;
    this.psk = protocol.pattern().usesPsk();
    this.symmetric = new SymmetricState(protocol.nameBytes(), protocol.hash(), protocol.aead());
    symmetric.mixHash(prologue);
    mixKnown(protocol.pattern().initiatorKnown(), initiator);
    mixKnown(protocol.pattern().responderKnown(), !initiator);
  }

  private void mixKnown(List<Token> known, boolean own) {
    for (Token each : known) {
      if (each != Token.S) {
        throw new IllegalArgumentException("only a static key can be known beforehand, not " + each);
      }
      symmetric
          .mixHash(own ? own(keys.localStatic, "static key pair").publicKey() : own(keys.remoteStatic, "static key"));
    }
  }

  /** Writes the tokens of the next message at {@code offset}; returns the offset behind them. */
  public int writeTokens(byte[] out, int offset, RandomSource random) {
    requireTurn(true);
    int at = offset;
    List<Token> tokens = protocol.pattern().messages().get(message);
    while (token < tokens.size()) {
      at = write(tokens.get(token), out, at, random);
      token++;
    }
    return at;
  }

  /** Ends the message with a payload; returns the offset behind it. */
  public int writePayload(byte[] payload, byte[] out, int offset) {
    requireTokensDone();
    int end = symmetric.encryptAndHash(payload, out, offset);
    nextMessage();
    return end;
  }

  /** Reads the rest of the next message's tokens from {@code offset}; returns the offset behind them. */
  public int readTokens(byte[] in, int offset) {
    List<Token> tokens = protocol.pattern().messages().get(message);
    return token < tokens.size() ? readThrough(tokens.getLast(), in, offset) : offset;
  }

  /** Reads tokens up to and including the named one; returns the offset behind it. */
  public int readThrough(Token last, byte[] in, int offset) {
    requireTurn(false);
    int at = offset;
    List<Token> tokens = protocol.pattern().messages().get(message);
    while (token < tokens.size()) {
      Token next = tokens.get(token);
      at = read(next, in, at);
      token++;
      if (next == last) {
        return at;
      }
    }
    throw new IllegalStateException("no token " + last + " is left in message " + message);
  }

  /** Ends the message: decrypts everything from {@code offset} to the end of the array as its payload. */
  public byte[] readPayload(byte[] in, int offset) {
    requireTokensDone();
    byte[] payload = symmetric.decryptAndHash(in, offset, in.length - offset);
    nextMessage();
    return payload;
  }

  /** Adds a pre-shared key while the handshake runs, before its {@code psk} token; copied, wiped after use. */
  public void presharedKey(byte[] presharedKey) {
    keys.presharedKey(presharedKey);
  }

  /** A copy of the hash over all that was said so far; after the last message it is the channel binding. */
  public byte[] handshakeHash() {
    return symmetric.handshakeHash();
  }

  /** A copy of the other end's static key. */
  public byte[] remoteStatic() {
    return own(keys.remoteStatic, "peer's static key").clone();
  }

  /** Whether all messages of the pattern have passed. */
  public boolean finished() {
    return message == protocol.pattern().messages().size();
  }

  /**
   * Derives keys from a finished handshake: the initiator's sending key, the responder's sending key and, if three are
   * asked for, a key to export further secrets from. The caller wipes them.
   */
  public List<byte[]> outputs(int count) {
    if (!finished()) {
      throw new IllegalStateException("the handshake is not finished");
    }
    return List.of(symmetric.outputs(count));
  }

  /** The pair of ciphers after the handshake (§5.2 Split): from initiator to responder first. */
  public List<CipherState> split() {
    List<CipherState> ciphers = new ArrayList<>();
    for (byte[] key : outputs(2)) {
      ciphers.add(symmetric.cipherOf(key));
      Arrays.fill(key, (byte) 0);
    }
    return ciphers;
  }

  private int write(Token next, byte[] out, int offset, RandomSource random) {
    return switch (next) {
      case E -> {
        byte[] privateKey = new byte[Dh.KEY_BYTES];
        random.fill(privateKey);
        ephemeral = privateKey;
        byte[] publicKey = protocol.dh().publicKey(privateKey);
        System.arraycopy(publicKey, 0, out, offset, publicKey.length);
        mixClear(publicKey);
        yield offset + publicKey.length;
      }
      case S -> symmetric.encryptAndHash(own(keys.localStatic, "static key pair").publicKey(), out, offset);
      case E1 -> {
        KemKeyPair pair = KemKeyPair.generate(random);
        kem = pair;
        yield symmetric.encryptAndHash(pair.publicKey(), out, offset);
      }
      case EKEM1 -> {
        KEM.Encapsulated encapsulated = KemKeyPair.encapsulate(own(remoteKem, "peer's encapsulation key"), random);
        int end = symmetric.encryptAndHash(encapsulated.encapsulation(), out, offset);
        mixSecret(own(encapsulated.key().getEncoded(), "encapsulated secret"));
        yield end;
      }
      case EE, ES, SE, SS, PSK -> {
        mix(next);
        yield offset;
      }
    };
  }

  private int read(Token next, byte[] in, int offset) {
    return switch (next) {
      case E -> {
        int end = within(in, offset, Dh.KEY_BYTES);
        byte[] publicKey = Arrays.copyOfRange(in, offset, end);
        remoteEphemeral = publicKey;
        mixClear(publicKey);
        yield end;
      }
      case S -> {
        int end = within(in, offset, Dh.KEY_BYTES + symmetric.overhead());
        keys.remoteStatic = symmetric.decryptAndHash(in, offset, end - offset);
        yield end;
      }
      case E1 -> {
        int end = within(in, offset, KemKeyPair.PUBLIC_KEY_BYTES + symmetric.overhead());
        remoteKem = symmetric.decryptAndHash(in, offset, end - offset);
        yield end;
      }
      case EKEM1 -> {
        int end = within(in, offset, KemKeyPair.CIPHERTEXT_BYTES + symmetric.overhead());
        byte[] ciphertext = symmetric.decryptAndHash(in, offset, end - offset);
        mixSecret(own(kem, "encapsulation key pair").decapsulate(ciphertext));
        yield end;
      }
      case EE, ES, SE, SS, PSK -> {
        mix(next);
        yield offset;
      }
    };
  }

  private void mix(Token next) {
    switch (next) {
      case EE -> agree(ephemeral, remoteEphemeral);
      case ES -> agree(initiator ? ephemeral : localStatic(), initiator ? keys.remoteStatic : remoteEphemeral);
      case SE -> agree(initiator ? localStatic() : ephemeral, initiator ? remoteEphemeral : keys.remoteStatic);
      case SS -> agree(localStatic(), keys.remoteStatic);
      case PSK -> {
        byte[] presharedKey = own(keys.presharedKeys.poll(), "pre-shared key");
        symmetric.mixKeyAndHash(presharedKey);
        Arrays.fill(presharedKey, (byte) 0);
      }
      case E, S, E1, EKEM1 -> throw new IllegalStateException(next + " is written or read, not mixed");
    }
  }

  private byte[] localStatic() {
    return own(keys.localStatic, "static key pair").secret();
  }

  private void agree(byte @Nullable [] local, byte @Nullable [] remote) {
    mixSecret(protocol.dh().agree(own(local, "ephemeral key"), own(remote, "peer's key")));
  }

  private void mixSecret(byte[] secret) {
    symmetric.mixKey(secret);
    Arrays.fill(secret, (byte) 0);
  }

  private void mixClear(byte[] publicKey) {
    symmetric.mixHash(publicKey);
    if (psk) {
      symmetric.mixKey(publicKey);
    }
  }

  private void nextMessage() {
    message++;
    token = 0;
  }

  private void requireTurn(boolean writing) {
    if (finished() || (message % 2 == 0) != (initiator == writing)) {
      throw new IllegalStateException("it is not this end's turn to " + (writing ? "write" : "read"));
    }
  }

  private void requireTokensDone() {
    if (finished() || token != protocol.pattern().messages().get(message).size()) {
      throw new IllegalStateException("the tokens of message " + message + " come before its payload");
    }
  }

  private static int within(byte[] in, int offset, int length) {
    if (in.length - offset < length) {
      throw new ProtocolException("a handshake message ends inside a field");
    }
    return offset + length;
  }

  private static <T> T own(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException("this pattern needs a " + what + " here");
    }
    return value;
  }

  @Override
  public void close() {
    symmetric.close();
    keys.wipe();
    if (ephemeral != null) {
      Arrays.fill(ephemeral, (byte) 0);
    }
    if (kem != null) {
      kem.close();
    }
  }
}
