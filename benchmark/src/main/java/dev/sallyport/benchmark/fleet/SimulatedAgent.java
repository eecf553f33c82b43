package dev.sallyport.benchmark.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.EnrolRequest;
import dev.sallyport.session.handshake.AgentHandshake;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.ReplyVerdict;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;
import dev.sallyport.session.rolling.AgentEffect;
import dev.sallyport.session.rolling.AgentRoll;
import dev.sallyport.session.rolling.AgentSecrets;
import dev.sallyport.session.rolling.AgentState;
import dev.sallyport.session.rolling.Depth;
import dev.sallyport.session.rolling.Step;
import dev.sallyport.transport.Wire;

/** One agent with its identity and rolling secret in memory; connects by the same classes as the real one. Of one thread at a time. */
final class SimulatedAgent {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] NO_HINT = new byte[16];
  private static final int VERSION = 0x00_01_00;
  private static final RandomSource RANDOM = RandomSource.secure();

  private final String name;
  private final Invitation invitation;
  private final StaticKeyPair identity = StaticKeyPair.generate(RANDOM);
  private final AgentRoll roll = new AgentRoll(Depth.DEFAULT);
  private AgentState state = AgentState.restored(AgentSecrets.none());

  SimulatedAgent(String name, Invitation invitation) {
    this.name = name;
    this.invitation = invitation;
  }

  /** Enrols the first time, greets as a known agent afterwards; returns when the server has said ROLLED. */
  SimulatedLink connect() throws IOException {
    boolean enrolling = state.secrets().held().isEmpty();
    Step<AgentState, AgentEffect> start = roll.start(state, System.currentTimeMillis());
    state = start.state();
    long attempt = state.attempt();
    List<Secret> offered = enrolling ? List.of(invitation.token()) : state.secrets().held();
    Wire wire = invitation.dialer().dial(invitation.address(), PATIENCE);
    try (var handshake = AgentHandshake.start(identity, invitation.server().x25519().toArray(),
        invitation.server().selector(),
        enrolling ? HelloKind.ENROLL : HelloKind.SESSION, enrolling ? invitation.tokenId() : NO_HINT, offered, attempt,
        System.currentTimeMillis(), VERSION,
        RANDOM)) {
      wire.send(handshake.helloMessage());
      wire.readTimeout(PATIENCE);
      if (handshake.onReply(wire.receive()) instanceof ReplyVerdict.Accepted accepted) {
        return confirm(wire, enrolling, attempt, accepted);
      }
      throw new IOException(name + " was refused");
    } catch (IOException | ProtocolException e) {
      wire.close();
      state = roll.onRefused(state);
      throw new IOException(name + " could not connect: " + e.getMessage(), e);
    }
  }

  private SimulatedLink confirm(Wire wire, boolean enrolling, long attempt, ReplyVerdict.Accepted accepted)
      throws IOException {
    try (var keys = accepted.keys()) {
      Step<AgentState, AgentEffect> pending = enrolling
          ? roll.onEnrolReplyOk(state, attempt, accepted.candidate())
          : roll.onReplyOk(state, attempt, accepted.matchedIndex(), accepted.candidate());
      state = pending.state();
      byte[] request = enrolling ? request(keys.handshakeHash()) : new byte[0];
      var link = new SimulatedLink(name, wire, accepted);
      link.confirm(ByteBuffer.allocate(Long.BYTES + request.length).putLong(attempt).put(request).array(), PATIENCE);
      state = roll.onRolled(state, attempt).state();
      return link;
    }
  }

  private byte[] request(byte[] handshakeHash) {
    return EnrolRequest.sign(name, "Simulated 1", "", invitation.signing(), invitation.boxX25519(),
        invitation.boxMlKem(), handshakeHash).encode();
  }
}
