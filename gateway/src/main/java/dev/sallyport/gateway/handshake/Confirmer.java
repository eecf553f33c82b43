package dev.sallyport.gateway.handshake;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;

import dev.sallyport.gateway.AgentDirectory;
import dev.sallyport.gateway.EnrolAnswer;
import dev.sallyport.gateway.EnrolCommand;
import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.EnrolRequest;
import dev.sallyport.session.rolling.ServerEffect;
import dev.sallyport.session.rolling.ServerRoll;
import dev.sallyport.session.rolling.ServerSecrets;

/** Commits what a CONFIRM confirms (R4). The bodies are {@code attempt(8)}, and behind it the request of an enrolment. */
final class Confirmer {
  private static final Logger LOG = System.getLogger(Confirmer.class.getName());

  private final AgentDirectory directory;
  private final ServerRoll roll;

  Confirmer(AgentDirectory directory, ServerRoll roll) {
    this.directory = directory;
    this.roll = roll;
  }

  Confirmation confirm(PendingHandshake handshake, byte[] body) {
    boolean named = body.length >= Long.BYTES && ByteBuffer.wrap(body).getLong() == handshake.attempt();
    if (!named) {
      return denied();
    }
    byte[] rest = Arrays.copyOfRange(body, Long.BYTES, body.length);
    try {
      return switch (handshake) {
        case PendingHandshake.Roll known -> rest.length == 0 ? roll(known) : denied();
        case PendingHandshake.Enrolment enrolment -> enrol(enrolment, rest);
      };
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a session ended because the directory failed to store it", e);
      return new Confirmation.Denied(RefusalReason.BUSY);
    }
  }

  private Confirmation roll(PendingHandshake.Roll known) {
    for (ServerEffect effect : roll.onConfirm(known.state(), known.attempt(), known.candidate()).effects()) {
      switch (effect) {
        case ServerEffect.Commit commit -> {
          if (!directory.commit(known.agentId(), commit.attempt(), commit.next())) {
            return denied(); // a newer HELLO was faster, on another node
          }
        }
        case ServerEffect.SendRolled rolled -> {
          return new Confirmation.Confirmed(known.agentId(), rolled.epoch(), epoch(rolled.epoch(), new byte[0]));
        }
        case ServerEffect.RaiseFloor _,ServerEffect.Report _,ServerEffect.Accept _,ServerEffect.Refuse _ ->
          throw new IllegalStateException("no CONFIRM is judged like a HELLO");
      }
    }
    return denied();
  }

  private Confirmation enrol(PendingHandshake.Enrolment enrolment, byte[] json) {
    EnrolRequest request;
    try {
      request = EnrolRequest.decode(json).requireSignedIn(enrolment.handshakeHash().toArray());
    } catch (ProtocolException e) {
      return denied();
    }
    ServerSecrets secrets = ServerSecrets.enrolled(enrolment.attempt(), enrolment.candidate());
    EnrolAnswer answer = directory
        .enrol(new EnrolCommand(enrolment.agentStatic(), enrolment.tokenId(), secrets, request,
            enrolment.caller().remote()));
    return switch (answer) {
      case EnrolAnswer.Granted granted ->
        new Confirmation.Confirmed(granted.grant().agentId(), 0, epoch(0, granted.grant().encode()));
      case EnrolAnswer.Denied denied -> new Confirmation.Denied(denied.reason());
    };
  }

  private static byte[] epoch(long epoch, byte[] behind) {
    return ByteBuffer.allocate(Long.BYTES + behind.length).putLong(epoch).put(behind).array();
  }

  private static Confirmation denied() {
    return new Confirmation.Denied(RefusalReason.NOT_CONFIRMED);
  }
}
