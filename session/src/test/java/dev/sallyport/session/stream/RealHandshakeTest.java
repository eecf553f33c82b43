package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.session.handshake.AgentHandshake;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Reply;
import dev.sallyport.session.handshake.ReplyPayload;
import dev.sallyport.session.handshake.ReplyVerdict;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.ServerHandshake;
import dev.sallyport.session.handshake.ServerKeys;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sessions on the keys of real handshakes, the first and those inside the session. */
class RealHandshakeTest {
  private static final SessionTerms TERMS = new SessionTerms(65_519, 256 << 10, 4 << 20, Duration.ofSeconds(25),
      Duration.ofSeconds(120));

  private final RandomSource random = RandomSource.secure();
  private final StaticKeyPair agentKey = StaticKeyPair.generate(random);
  private final StaticKeyPair serverKey = StaticKeyPair.generate(random);
  private Secret shared = Secret.of(new byte[Secret.BYTES]);
  private long attempt;

  @Test
  @DisplayName("K13 K14 traffic goes on while the session gets new keys, and each handshake rolls the secret")
  void trafficGoesOnThroughRealRehandshakes() throws Exception {
    Exchange first = exchange(HelloKind.SESSION);
    SessionPair pair = SessionPair.of(first.agent, first.server, SessionLimits.standard(Role.AGENT).withTerms(TERMS
        .maxRecordBytes(), TERMS.streamCredit(), TERMS.sessionCredit(), TERMS.keepalive()), SessionLimits.standard(
            Role.SERVER));
    SessionStream mine = pair.server.session.open(1, new byte[0]);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    Set<Secret> secrets = new HashSet<>(Set.of(first.candidate));
    int sent = 0;
    for (int round = 0; round < 5; round++) {
      shared = first.candidate;
      AgentHandshake asking = start(HelloKind.REHANDSHAKE);
      pair.agent.session.sendRehandshake(asking.helloMessage());
      mine.write(new byte[++sent], false);
      pair.deliverAll();
      Reply reply = answer(Objects.requireNonNull(pair.server.rehandshakes.poll()));
      pair.server.session.acceptRehandshake(reply.message(), reply.keys());
      mine.write(new byte[++sent], false);
      pair.deliverAll();
      ReplyVerdict.Accepted accepted = accepted(asking, Objects.requireNonNull(pair.agent.rehandshakes.poll()));
      assertThat(accepted.candidate()).isEqualTo(reply.candidate());
      pair.agent.session.confirmRehandshake(accepted.keys(), new byte[8]);
      mine.write(new byte[++sent], false);
      pair.deliverAll();
      first = new Exchange(accepted.keys(), reply.keys(), accepted.candidate());
      assertThat(secrets.add(accepted.candidate())).isTrue();
    }
    assertThat(pair.agent.words).hasSize(6).allMatch(word -> word.verb() == ControlVerb.ROLLED);
    for (int i = 1; i <= sent; i++) {
      assertThat(theirs.read()).hasSize(i);
    }
  }

  private record Exchange(SessionKeys agent, SessionKeys server, Secret candidate) {}

  private Exchange exchange(HelloKind kind) {
    AgentHandshake asking = start(kind);
    Reply reply = answer(asking.helloMessage());
    ReplyVerdict.Accepted accepted = accepted(asking, reply.message());
    return new Exchange(accepted.keys(), reply.keys(), accepted.candidate());
  }

  private AgentHandshake start(HelloKind kind) {
    attempt++;
    return AgentHandshake.start(agentKey, serverKey.publicKey(), 0, kind, new byte[16], List.of(shared), attempt,
        attempt,
        1, random);
  }

  private Reply answer(byte[] hello) {
    ServerHandshake answering = ServerHandshake.open(ServerKeys.of(0, serverKey), hello);
    Match match = answering.match(List.of(shared)).orElseThrow();
    ReplyPayload payload = new ReplyPayload(Status.OK, Set.of(), 0, 1, answering.payload().attempt(), 0, TERMS,
        Duration.ZERO);
    return answering.accept(shared, match.proofIndex(), payload, random);
  }

  private static ReplyVerdict.Accepted accepted(AgentHandshake asking, byte[] reply) {
    if (!(asking.onReply(reply) instanceof ReplyVerdict.Accepted accepted)) {
      throw new AssertionError("the server refused");
    }
    return accepted;
  }
}
