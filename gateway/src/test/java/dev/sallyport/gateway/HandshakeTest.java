package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.rolling.RollEvent;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class HandshakeTest {
  private static final int HELLO_BYTES = 1577;
  private static final int HEADER_END = 25;

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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1576, 1578, 66_000})
  void aFirstMessageThatHasNotAHellosLengthIsMalformed(int length) throws Exception {
    byte[] message = new byte[length];
    message[0] = 1;
    try (Stranger stranger = new Stranger(scene)) {
      assertThat(stranger.say(message).hearFail().code()).isEqualTo(FailCode.MALFORMED);
      stranger.awaitClosed();
    }
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.MALFORMED);
  }

  @Test
  @DisplayName("T32 a first message of another kind is refused, whatever it holds")
  void aFirstMessageOfAnotherKindIsMalformed() throws Exception {
    for (int kind : new int[]{0, 2, 3, 4, 5, 0x10, 0x7F, 0xFF}) {
      byte[] message = new byte[HELLO_BYTES];
      message[0] = (byte) kind;
      try (Stranger stranger = new Stranger(scene)) {
        assertThat(stranger.say(message).hearFail().code()).isEqualTo(FailCode.MALFORMED);
      }
    }
  }

  @Test
  void anotherVersionOfTheProtocolIsToldSo() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (Stranger stranger = new Stranger(scene, machine)) {
      byte[] hello = stranger.hello();
      hello[6] = 3; // another suite
      assertThat(stranger.say(hello).hearFail().code()).isEqualTo(FailCode.BAD_VERSION);
    }
    try (Stranger stranger = new Stranger(scene, machine)) {
      byte[] hello = stranger.hello();
      hello[1] = 'X';
      assertThat(stranger.say(hello).hearFail().code()).isEqualTo(FailCode.MALFORMED);
    }
  }

  @Test
  void anUnknownKeyLearnsNothingButThatItIsRefused() throws Exception {
    AgentIdentity unknown = AgentIdentity.known("unknown", Secret.of(new byte[Secret.BYTES]));
    try (Stranger stranger = new Stranger(scene, unknown)) {
      assertThat(stranger.say(stranger.hello()).hearFail().code()).isEqualTo(FailCode.AUTH_FAILED);
      RefusedAttempt refused = scene.awaitRefusal();
      assertThat(refused.reason()).isEqualTo(RefusalReason.UNKNOWN_KEY);
      assertThat(refused.subject()).startsWith("key:").hasSize(4 + 16);
      assertThat(refused.remote().isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void aHelloForAnotherServerLearnsTheSame() throws Exception {
    try (GatewayScene other = GatewayScene.open(folder.resolve("other"));
        FakeAgent agent = FakeAgent.connect(scene.dial(), scene.knownMachine(), other.server(),
            OperationScript.none())) {
      assertThat(agent.awaitEnd()).isInstanceOfSatisfying(AgentEnd.Failed.class,
          failed -> assertThat(failed.code()).isEqualTo(FailCode.AUTH_FAILED));
      assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.UNDECRYPTABLE);
    }
  }

  @Test
  @DisplayName("T16 a replayed HELLO is answered ATTEMPT_STALE and touches nothing, before CONFIRM and after")
  void aReplayedHelloTouchesNothing() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    byte[] hello;
    try (Stranger genuine = new Stranger(scene, machine)) {
      hello = genuine.hello();
      genuine.say(hello).listen();
      try (Stranger replaying = new Stranger(scene)) {
        replaying.say(hello);
        assertThat(replaying.hear()).hasSize(1289); // an authenticated no, which only the agent can read
        replaying.awaitClosed();
      }
      genuine.speak().listen();
      assertThat(scene.directory().epoch(machine.publicKey())).isEqualTo(1);
      genuine.speak();
      scene.listener().awaitUp();

      try (Stranger replaying = new Stranger(scene)) {
        replaying.say(hello).hear();
        replaying.awaitClosed();
      }
      assertThat(scene.gateway().links()).hasSize(1);
      assertThat(scene.directory().epoch(machine.publicKey())).isEqualTo(1);
    }
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.ATTEMPT_STALE);
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.ATTEMPT_STALE);
  }

  @Test
  @DisplayName("T30 a HELLO with any byte changed links nobody and changes no secret")
  void aChangedHelloLinksNobody() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      try (Stranger stranger = new Stranger(scene, machine.copy())) {
        byte[] hello = stranger.hello();
        int at = round < HEADER_END ? round : random.nextInt(HELLO_BYTES);
        hello[at] ^= (byte) (1 << random.nextInt(8));
        stranger.say(hello);
        assertThat(stranger.hearFail().code()).as("byte %d, seed %d", at, seed)
            .isIn(FailCode.MALFORMED, FailCode.BAD_VERSION, FailCode.AUTH_FAILED);
      }
    }
    assertThat(scene.directory().epoch(machine.publicKey())).isZero();
    scene.visit(machine);
  }

  @Test
  @DisplayName("T30 a HELLO_REPLY with any byte changed makes no session at the agent")
  void aChangedReplyMakesNoSession() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    Random random = new Random(3);
    for (int round = 0; round < 20; round++) {
      try (Stranger stranger = new Stranger(scene, machine)) {
        byte[] reply = stranger.say(stranger.hello()).hear();
        reply[random.nextInt(reply.length - 1) + 1] ^= 0x10;
        stranger.core().received(reply);
        assertThat(stranger.end()).isInstanceOf(AgentEnd.Forged.class);
      }
    }
    assertThat(scene.directory().epoch(machine.publicKey())).isZero();
    scene.visit(machine);
  }

  @Test
  void aForgedConfirmEndsTheConnectionAndCommitsNothing() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (Stranger stranger = new Stranger(scene, machine)) {
      stranger.say(stranger.hello()).listen();
      byte[] confirm = stranger.next();
      confirm[confirm.length - 1] ^= 1;
      stranger.say(confirm).awaitClosed();
    }
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.NOT_CONFIRMED);
    assertThat(scene.directory().epoch(machine.publicKey())).isZero();
    scene.visit(machine);
  }

  @Test
  void aConfirmOfAnotherAttemptCommitsNothing() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    for (int length : new int[]{0, 7, 8, 9, 5_000}) {
      try (Wire wire = scene.dial()) {
        HandMade.confirm(wire, HandMade.hello(machine, scene.server(), HelloKind.SESSION), new byte[length]);
        GatewayScene.awaitClosed(wire);
      }
    }
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.NOT_CONFIRMED);
    assertThat(scene.directory().epoch(machine.publicKey())).isZero();
  }

  @Test
  void nothingMayBeSaidBetweenHelloAndReply() throws Exception {
    try (Stranger stranger = new Stranger(scene, scene.knownMachine())) {
      byte[] hello = stranger.hello();
      stranger.say(hello).say(hello).awaitClosed();
    }
  }

  @Test
  void aNewerHelloMakesTheOneBeforeVoid() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (Stranger first = new Stranger(scene, machine)) {
      first.say(first.hello()).listen();
      try (Stranger second = new Stranger(scene, machine)) {
        second.say(second.hello()).listen();
        first.awaitClosed();
        second.speak().listen();
        assertThat(scene.directory().epoch(machine.publicKey())).isEqualTo(1);
      }
    }
  }

  @Test
  void dismissedAndQuarantinedAgentsAreToldSoByTheServerItself() throws Exception {
    AgentIdentity dismissed = scene.knownMachine();
    AgentIdentity suspected = scene.knownMachine();
    scene.directory().revoke(dismissed.publicKey());
    scene.directory().quarantine(suspected.publicKey());

    assertThat(rejection(dismissed)).isEqualTo(Status.REVOKED);
    assertThat(rejection(suspected)).isEqualTo(Status.QUARANTINED);
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.REVOKED);
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.QUARANTINED);
  }

  private Status rejection(AgentIdentity machine) throws Exception {
    try (FakeAgent agent = scene.connect(machine, OperationScript.none())) {
      return agent.awaitEnd() instanceof AgentEnd.Rejected rejected ? rejected.status() : Status.OK;
    }
  }

  @Test
  @DisplayName("K14 a clone is noticed by whichever comes second")
  void aCloneIsNoticed() throws Exception {
    AgentIdentity original = scene.knownMachine();
    AgentIdentity clone = original.copy();
    scene.visit(original);
    assertThat(scene.directory().reports()).isEmpty();

    scene.visit(clone);
    assertThat(scene.directory().reports().poll(60, TimeUnit.SECONDS)).isInstanceOf(RollEvent.Resync.class);
  }

  @Test
  @DisplayName("K14 without a secret in common nobody gets in, and the operator hears of it")
  void noCommonSecret() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    AgentIdentity left = machine.copy();
    for (int i = 0; i < 5; i++) {
      scene.visit(machine);
    }

    assertThat(rejection(left)).isEqualTo(Status.NO_COMMON_SECRET);
    assertThat(scene.directory().reports()).hasAtLeastOneElementOfType(RollEvent.NoCommonSecret.class);
    scene.visit(machine); // the genuine one is not harmed
  }

  @Test
  void aDirectoryThatFailsMakesTheServerBusyAndPromisesNothing() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    scene.directory().breakDown(true);
    try (Stranger stranger = new Stranger(scene, machine)) {
      assertThat(stranger.say(stranger.hello()).hearFail()).satisfies(fail -> {
        assertThat(fail.code()).isEqualTo(FailCode.BUSY);
        assertThat(fail.retryAfter().toSeconds()).isBetween(1L, 10L);
      });
    }
    scene.directory().breakDown(false);
    scene.visit(machine);
  }

  @Test
  void aDirectoryThatFailsAtConfirmEndsTheSessionBeforeRolled() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (Stranger stranger = new Stranger(scene, machine)) {
      stranger.say(stranger.hello()).listen();
      scene.directory().breakDown(true);
      stranger.speak().listen();
      assertThat(stranger.end()).isInstanceOfSatisfying(AgentEnd.Closed.class,
          closed -> assertThat(closed.why()).contains("INTERNAL"));
      scene.directory().breakDown(false);
    }
    assertThat(scene.directory().epoch(machine.publicKey())).isZero();
    scene.visit(machine);
  }

  @Test
  @DisplayName("T22 a HELLO inside a session that names another agent ends the session and touches neither")
  void aRehandshakeOfAnotherAgentEndsTheSession() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    AgentIdentity victim = scene.knownMachine();
    try (FakeAgent agent = scene.linked(machine)) {
      scene.listener().awaitUp();
      agent.session().sendRehandshake(HandMade.hello(victim, scene.server(), HelloKind.REHANDSHAKE).helloMessage());

      assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.OTHER_IDENTITY);
      agent.awaitEnd();
      scene.listener().awaitDown();
    }
    assertThat(scene.directory().epoch(victim.publicKey())).isZero();
    assertThat(scene.directory().epoch(machine.publicKey())).isEqualTo(1);
    scene.visit(victim);
  }

  @Test
  void aRehandshakeIsNoWayToBegin() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (Stranger stranger = new Stranger(scene)) {
      byte[] hello = HandMade.hello(machine, scene.server(), HelloKind.REHANDSHAKE).helloMessage();
      assertThat(stranger.say(hello).hearFail().code()).isEqualTo(FailCode.AUTH_FAILED);
    }
    assertThat(scene.directory().epoch(machine.publicKey())).isZero();
  }
}
