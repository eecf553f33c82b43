package dev.sallyport.session.handshake;

import module java.base;

import javax.crypto.Mac;

import dev.sallyport.session.noise.HandshakeState;
import dev.sallyport.session.noise.RawKey;
import dev.sallyport.session.noise.Role;

/** Everything SLP/1 derives with HKDF-Expand (RFC 5869), always one block of 32 bytes. */
final class KeySchedule {
  private static final String HMAC = "HmacSHA256";
  private static final byte[] PSK = label("slp1 psk");
  private static final byte[] PROOF = label("slp1 proof");
  private static final byte[] TOKEN = label("slp1 token");
  private static final byte[] ROLL = label("slp1 roll");
  private static final byte[] CID = label("slp1 cid");
  private static final byte[] NO_CONTEXT = {};
  /** The counter of the first, here the only, block of HKDF-Expand. */
  private static final byte FIRST_BLOCK = 1;

  private KeySchedule() {
  }

  /** What the handshake mixes in for a rolling secret. */
  static byte[] psk(Secret secret) {
    return expand(secret.raw(), PSK, NO_CONTEXT);
  }

  /** The rolling secret of an enrolment token. */
  static Secret token(byte[] tokenSecret) {
    return Secret.taking(expand(tokenSecret, TOKEN, NO_CONTEXT));
  }

  /** Shows that the sender holds a secret, bound to everything the handshake said so far. */
  static byte[] proof(Secret secret, byte[] handshakeHash) {
    byte[] key = expand(secret.raw(), PROOF, NO_CONTEXT);
    byte[] whole = hmac(key, handshakeHash, NO_CONTEXT, NO_CONTEXT);
    Arrays.fill(key, (byte) 0);
    return Arrays.copyOf(whole, Slp.PROOF_BYTES);
  }

  /** Ends a handshake: derives the session's keys and the next rolling secret, and wipes the rest. */
  static Outcome finish(HandshakeState handshake, Role role) {
    byte[] hash = handshake.handshakeHash();
    List<byte[]> outputs = handshake.outputs(3);
    byte[] export = outputs.get(2);
    Secret candidate = Secret.taking(expand(export, ROLL, hash));
    byte[] cid = Arrays.copyOf(expand(export, CID, hash), Slp.CID_BYTES);
    Arrays.fill(export, (byte) 0);
    byte[] toServer = outputs.get(0);
    byte[] toAgent = outputs.get(1);
    SessionKeys keys = switch (role) {
      case INITIATOR -> new SessionKeys(toServer, toAgent, cid, hash);
      case RESPONDER -> new SessionKeys(toAgent, toServer, cid, hash);
    };
    return new Outcome(keys, candidate);
  }

  /** The session's keys and the candidate for the next rolling secret. */
  record Outcome(SessionKeys keys, Secret candidate) {}

  private static byte[] expand(byte[] prk, byte[] label, byte[] context) {
    return hmac(prk, label, context, new byte[]{FIRST_BLOCK});
  }

  private static byte[] hmac(byte[] key, byte[] first, byte[] second, byte[] third) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new RawKey(HMAC, key));
      mac.update(first);
      mac.update(second);
      mac.update(third);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + HMAC, e);
    }
  }

  private static byte[] label(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
