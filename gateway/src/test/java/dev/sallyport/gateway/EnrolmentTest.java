package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.session.handshake.AgentHandshake;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.testing.agent.AgentEnd;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import dev.sallyport.transport.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class EnrolmentTest {
  @TempDir
  private Path folder;
  private GatewayScene scene;

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aMachineWithATokenIsEnrolledAndComesBackWithoutIt() throws Exception {
    AgentIdentity machine = AgentIdentity.fresh("new-host");
    EnrolToken token = scene.token(1);
    String agentId;
    try (FakeAgent agent = enrol(machine, token).awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();
      agentId = agent.grant().agentId();
      assertThat(link.agentId()).isEqualTo(agentId);
      assertThat(link.facts().epoch()).isZero();
    }
    scene.listener().awaitDown();

    try (FakeAgent agent = scene.linked(machine)) {
      AgentLink link = scene.listener().awaitUp();
      assertThat(link.agentId()).isEqualTo(agentId);
      assertThat(link.facts().epoch()).isEqualTo(1);
      assertThat(agent.hasEnded()).isFalse();
    }
    assertThat(scene.directory().reports()).isEmpty();
  }

  @Test
  void repeatingAnEnrolmentConsumesNoSecondUse() throws Exception {
    AgentIdentity machine = AgentIdentity.fresh("twice");
    EnrolToken token = scene.token(1);
    String first;
    try (FakeAgent agent = enrol(machine, token).awaitLinked()) {
      first = agent.grant().agentId();
    }
    try (FakeAgent agent = enrol(machine, token).awaitLinked()) {
      assertThat(agent.grant().agentId()).isEqualTo(first);
    }
    assertThat(scene.directory().size()).isEqualTo(1);
  }

  @Test
  void aTokenThatIsUsedUpOrExpiredSaysSoToWhoeverKnowsIt() throws Exception {
    EnrolToken used = scene.token(1);
    enrol(AgentIdentity.fresh("first"), used).awaitLinked().close();
    EnrolToken expired = scene.token(5);
    scene.directory().expire(expired);

    assertThat(rejection(used)).isEqualTo(Status.TOKEN_EXHAUSTED);
    assertThat(rejection(expired)).isEqualTo(Status.TOKEN_EXPIRED);
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.TOKEN_EXHAUSTED);
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.TOKEN_EXPIRED);
    assertThat(scene.directory().size()).isEqualTo(1);
  }

  private Status rejection(EnrolToken token) throws Exception {
    try (FakeAgent agent = enrol(AgentIdentity.fresh("late"), token)) {
      return agent.awaitEnd() instanceof AgentEnd.Rejected rejected ? rejected.status() : Status.OK;
    }
  }

  @Test
  @DisplayName("T3 T27 knowing a token's id, or making one up, yields nothing; guessing at its secret locks it")
  void guessingLocksTheToken() throws Exception {
    EnrolToken token = scene.token(100);
    for (int guess = 0; guess < 5; guess++) {
      assertThat(failure(guessed(token, guess))).isEqualTo(FailCode.AUTH_FAILED);
      RefusedAttempt refused = scene.awaitRefusal();
      assertThat(refused.reason()).isEqualTo(guess < 4 ? RefusalReason.BAD_TOKEN : RefusalReason.TOKEN_LOCKED);
      assertThat(refused.subject()).isEqualTo("token:" + token.id().hex().substring(0, 16));
    }

    assertThat(failure(token)).isEqualTo(FailCode.AUTH_FAILED); // even the right one, for a quarter of an hour
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.TOKEN_LOCKED);
    EnrolToken madeUp = new EnrolToken(Bytes.of(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}),
        new byte[EnrolToken.SECRET_BYTES]);
    assertThat(failure(madeUp)).isEqualTo(FailCode.AUTH_FAILED);
    assertThat(scene.directory().size()).isZero();
  }

  private static EnrolToken guessed(EnrolToken token, int guess) {
    byte[] secret = token.secret();
    secret[guess] ^= 1;
    return new EnrolToken(token.id(), secret);
  }

  private FailCode failure(EnrolToken token) throws Exception {
    try (FakeAgent agent = enrol(AgentIdentity.fresh("guesser"), token)) {
      if (agent.awaitEnd() instanceof AgentEnd.Failed failed) {
        return failed.code();
      }
      throw new AssertionError("the server was to refuse without authentication");
    }
  }

  @Test
  @DisplayName("T17 a request that is not signed in its own handshake enrols nobody")
  void aRequestOfAnotherHandshakeEnrolsNobody() throws Exception {
    EnrolToken token = scene.token(5);
    AgentIdentity machine = AgentIdentity.fresh("forger");
    for (byte[] request : new byte[][]{{}, {'{', '}'}, machine.request(new byte[32]).encode()}) {
      AgentHandshake handshake = HandMade.enrolment(machine, scene.server(), token, token.secret());
      byte[] body = ByteBuffer.allocate(Long.BYTES + request.length).putLong(handshake.attempt()).put(request).array();
      try (Wire wire = scene.dial()) {
        HandMade.confirm(wire, handshake, body);
        GatewayScene.awaitClosed(wire);
      }
      assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.NOT_CONFIRMED);
    }
    assertThat(scene.directory().size()).isZero();
  }

  @Test
  void aReplayedEnrolmentDoesNotMakeTheGenuineOneVoid() throws Exception {
    EnrolToken token = scene.token(1);
    AgentIdentity machine = AgentIdentity.fresh("genuine");
    try (Stranger genuine = new Stranger(scene, machine); Stranger replaying = new Stranger(scene)) {
      byte[] hello = genuine.hello(token);
      genuine.say(hello).listen();
      replaying.say(hello).hear();
      replaying.awaitClosed();
      assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.ATTEMPT_STALE);

      genuine.speak().listen();
      assertThat(genuine.core().grant().agentId()).isNotEmpty();
    }
  }

  @Test
  void anEnrolmentWhoseRolledIsLostGoesOnAsAnOrdinarySession() throws Exception {
    EnrolToken token = scene.token(1);
    AgentIdentity machine = AgentIdentity.fresh("unlucky");
    try (Stranger cut = new Stranger(scene, machine)) {
      cut.say(cut.hello(token)).listen().speak(); // CONFIRM is out, ROLLED will never be read
      GatewayScene.await("the machine is enrolled", () -> scene.directory().size() == 1);
    }

    assertThat(scene.visit(machine)).isEqualTo(1);
    assertThat(scene.directory().reports().poll(0, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void anEnrolmentWhoseConfirmIsLostIsRepeated() throws Exception {
    EnrolToken token = scene.token(1);
    AgentIdentity machine = AgentIdentity.fresh("unlucky too");
    try (Stranger cut = new Stranger(scene, machine)) {
      cut.say(cut.hello(token)).listen();
    }

    enrol(machine, token).awaitLinked().close();
    assertThat(scene.directory().size()).isEqualTo(1);
  }

  private FakeAgent enrol(AgentIdentity machine, EnrolToken token) throws IOException {
    return FakeAgent.enrol(scene.dial(), machine, scene.server(), token, OperationScript.none());
  }
}
