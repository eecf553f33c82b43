package dev.sallyport.testing.agent;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolRequest;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;
import dev.sallyport.session.rolling.AgentSecrets;
import dev.sallyport.session.rolling.AgentState;

/**
 * What an agent would keep on disk: its static key and its rolling secrets. It outlives connections; a {@link #copy} is a
 * cloned or restored machine. Safe for use by many threads.
 */
public final class AgentIdentity {
  private static final int X25519_BYTES = 32;

  private final StaticKeyPair keys;
  private final String hostname;
  private AgentState state;

  private AgentIdentity(StaticKeyPair keys, String hostname, AgentState state) {
    this.keys = keys;
    this.hostname = hostname;
    this.state = state;
  }

  /** A machine that has not enrolled yet. */
  public static AgentIdentity fresh(String hostname) {
    return new AgentIdentity(StaticKeyPair.generate(RandomSource.secure()), hostname,
        AgentState.restored(AgentSecrets.none()));
  }

  /** A machine that the server knows already, with this secret on both sides. */
  public static AgentIdentity known(String hostname, Secret secret) {
    AgentSecrets secrets = new AgentSecrets(List.of(secret), 0, 0);
    return new AgentIdentity(StaticKeyPair.generate(RandomSource.secure()), hostname, AgentState.restored(secrets));
  }

  /** The same machine as it is now, living on by itself. */
  public synchronized AgentIdentity copy() {
    return new AgentIdentity(keys, hostname, AgentState.restored(state.secrets()));
  }

  /** The static key's public half, 32 bytes. */
  public byte[] publicKey() {
    return keys.publicKey();
  }

  /** The name it tells. */
  public String hostname() {
    return hostname;
  }

  /** The static key. */
  public StaticKeyPair keys() {
    return keys;
  }

  /** The rolling secrets. */
  public synchronized AgentSecrets secrets() {
    return state.secrets();
  }

  synchronized AgentState state() {
    return state;
  }

  synchronized void state(AgentState newer) {
    state = newer;
  }

  /** What it says of itself when it enrols, signed for this handshake. */
  public EnrolRequest request(byte[] handshakeHash) {
    try {
      KeyPair signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return EnrolRequest.sign(hostname, "FakeOS 1", "", signing, Bytes.of(new byte[X25519_BYTES]),
          Bytes.of(new byte[EnrolRequest.ML_KEM_KEY_BYTES]), handshakeHash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

}
