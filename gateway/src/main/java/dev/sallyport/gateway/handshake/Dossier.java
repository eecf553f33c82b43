package dev.sallyport.gateway.handshake;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.protocol.Bytes;

/** What becomes known about an attempt while it is looked at, for the record should it be refused. */
final class Dossier {
  private static final int HEX_DIGITS = 16; // of 8 bytes

  private final Caller caller;
  private String subject = "";
  private long attempt;

  Dossier(Caller caller) {
    this.caller = caller;
  }

  static Dossier of(PendingHandshake pending) {
    Dossier dossier = new Dossier(pending.caller());
    dossier.key(pending.agentStatic());
    if (pending instanceof PendingHandshake.Enrolment enrolment) {
      dossier.token(enrolment.tokenId());
    }
    dossier.attempt(pending.attempt());
    return dossier;
  }

  Caller caller() {
    return caller;
  }

  void key(Bytes agentStatic) {
    subject = "key:" + digest(agentStatic).hex().substring(0, HEX_DIGITS);
  }

  void token(Bytes tokenId) {
    subject = "token:" + tokenId.hex().substring(0, HEX_DIGITS);
  }

  void attempt(long number) {
    attempt = number;
  }

  RefusedAttempt refused(RefusalReason reason, TimeSource time) {
    return new RefusedAttempt(reason, caller.remote(), caller.transport(), subject, attempt, 1, time.now());
  }

  private static Bytes digest(Bytes key) {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(key.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
