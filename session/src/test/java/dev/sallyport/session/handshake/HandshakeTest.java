package dev.sallyport.session.handshake;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.Seeds;
import dev.sallyport.session.noise.StaticKeyPair;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private final Ends ends = new Ends();

  @Test
  void bothEndsComeToTheSameSession() {
    AgentHandshake agent = ends.hello(Ends.secrets(1, 2));
    Reply reply = ends.accept(agent.helloMessage(), Ends.secrets(1));
    ReplyVerdict.Accepted accepted = (ReplyVerdict.Accepted) agent.onReply(reply.message());

    assertThat(accepted.matchedIndex()).isZero();
    assertThat(accepted.payload()).isEqualTo(Ends.ok(5));
    assertThat(accepted.candidate()).isEqualTo(reply.candidate());
    assertThat(accepted.keys().sendKey()).isEqualTo(reply.keys().receiveKey()).isNotEqualTo(reply.keys().sendKey());
    assertThat(accepted.keys().receiveKey()).isEqualTo(reply.keys().sendKey());
    assertThat(accepted.keys().cid()).isEqualTo(reply.keys().cid());
    assertThat(accepted.keys().handshakeHash()).isEqualTo(reply.keys().handshakeHash());
  }

  @Test
  void theServerLearnsWhatTheAgentSays() {
    ServerHandshake server = ends.open(ends.hello(Ends.secrets(1, 2, 3)).helloMessage());

    assertThat(server.agentStatic()).isEqualTo(ends.agent.publicKey());
    assertThat(server.hint()).isEqualTo(Ends.NO_HINT);
    assertThat(server.payload().kind()).isEqualTo(HelloKind.SESSION);
    assertThat(server.payload().attempt()).isEqualTo(5);
    assertThat(server.payload().agentTimeMs()).isEqualTo(17);
    assertThat(server.payload().appVersion()).isEqualTo(0x010203);
    assertThat(server.payload().proofs()).hasSize(3);
  }

  @Test
  void aStrangerIsSeenBeforeTheWholeHelloIsOpened() {
    byte[] hello = ends.hello(Ends.secrets(1)).helloMessage();
    try (ServerHandshake.Caller caller = ServerHandshake.identify(ends.serverKeys, hello)) {
      assertThat(caller.agentStatic()).isEqualTo(ends.agent.publicKey());
      assertThat(caller.hint()).isEqualTo(Ends.NO_HINT);
    }
  }

  @Test
  @DisplayName("K14 the secrets agree if and only if the lists share one, and meet at the server's newest")
  void agreesIfAndOnlyIfTheListsIntersect() {
    Seeds.forSeeds(60, random -> {
      List<Integer> offered = random.ints(0, 12).distinct().limit(1 + random.nextInt(5)).boxed().toList();
      List<Integer> own = random.ints(0, 12).distinct().limit(1 + random.nextInt(8)).boxed().toList();
      AgentHandshake agent = ends.hello(offered.stream().map(Ends::secret).toList());
      ServerHandshake server = ends.open(agent.helloMessage());
      Optional<Match> match = server.match(own.stream().map(Ends::secret).toList());

      Optional<Integer> newest = own.stream().filter(offered::contains).findFirst();
      assertThat(match).isEqualTo(newest.map(each -> new Match(own.indexOf(each), offered.indexOf(each))));
      if (match.isPresent()) {
        Secret shared = Ends.secret(newest.orElseThrow());
        Reply reply = server.accept(shared, match.get().proofIndex(), Ends.ok(5), ends.random);
        ReplyVerdict.Accepted accepted = (ReplyVerdict.Accepted) agent.onReply(reply.message());
        assertThat(accepted.matchedIndex()).isEqualTo(match.get().proofIndex());
        assertThat(accepted.candidate()).isEqualTo(reply.candidate());
      }
    });
  }

  @Test
  void offersOnlyAsManySecretsAsAHelloCarries() {
    ServerHandshake server = ends.open(ends.hello(Ends.secrets(1, 2, 3, 4, 5, 6, 7)).helloMessage());
    assertThat(server.payload().proofs()).hasSize(5);
    assertThat(server.match(Ends.secrets(6, 7))).isEmpty();
    assertThat(server.match(Ends.secrets(9, 5))).contains(new Match(1, 4));
  }

  @ParameterizedTest
  @EnumSource(value = Status.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void aRefusalIsGenuineAndMakesNoSession(Status status) {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    byte[] refusal = ends.open(agent.helloMessage()).refuse(Ends.no(status, 9), ends.random);
    assertThat(agent.onReply(refusal)).isEqualTo(new ReplyVerdict.Rejected(status, Ends.no(status, 9)));
  }

  @Test
  void anEnrollingMachineNamesItsTokenInClear() {
    byte[] hint = Fixed.range(1, 16);
    Secret token = TokenSecret.derive(Fixed.range(0x40, 0x5f));
    AgentHandshake agent = AgentHandshake.start(ends.agent, ends.server.publicKey(), Ends.SELECTOR, HelloKind.ENROLL,
        hint, List.of(token), 1, 0, 0, ends.random);
    ServerHandshake server = ends.open(agent.helloMessage());
    assertThat(server.hint()).isEqualTo(hint);
    assertThat(server.payload().kind()).isEqualTo(HelloKind.ENROLL);
    assertThat(server.match(List.of(token))).contains(new Match(0, 0));
  }

  @Test
  void aHintInAnOrdinaryHelloIsRefused() {
    AgentHandshake agent = AgentHandshake.start(ends.agent, ends.server.publicKey(), Ends.SELECTOR, HelloKind.SESSION,
        Fixed.range(1, 16), Ends.secrets(1), 1, 0, 0, ends.random);
    assertRefused(() -> ends.open(agent.helloMessage()), "hint");
  }

  @Test
  void theSelectorChoosesTheServersKey() {
    StaticKeyPair next = StaticKeyPair.generate(ends.random);
    ServerKeys both = new ServerKeys(Map.of(Ends.SELECTOR, ends.server, 4, next), ends.serverKeys.dh());
    AgentHandshake toNext = AgentHandshake.start(ends.agent, next.publicKey(), 4, HelloKind.SESSION, Ends.NO_HINT,
        Ends.secrets(1), 1, 0, 0, ends.random);
    assertThat(ServerHandshake.open(both, toNext.helloMessage()).match(Ends.secrets(1))).isPresent();
    assertRefused(() -> ends.open(toNext.helloMessage()), "server key 4");
  }

  @Test
  void aHandshakeMayWanderBetweenThreads() throws Exception {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      ServerHandshake.Caller caller = pool
          .submit(() -> ServerHandshake.identify(ends.serverKeys, agent.helloMessage())).get();
      ServerHandshake server = pool.submit(caller::open).get();
      Match match = pool.submit(() -> server.match(Ends.secrets(1))).get().orElseThrow();
      Reply reply = pool.submit(() -> server.accept(Ends.secret(1), match.proofIndex(), Ends.ok(5), ends.random)).get();
      assertThat(agent.onReply(reply.message())).isInstanceOf(ReplyVerdict.Accepted.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256})
  void aSelectorIsOneByte(int selector) {
    assertThatIllegalArgumentException().isThrownBy(() -> AgentHandshake.start(ends.agent, ends.server.publicKey(),
        selector, HelloKind.SESSION, Ends.NO_HINT, Ends.secrets(1), 1, 0, 0, ends.random));
    assertThatIllegalArgumentException().isThrownBy(() -> ServerKeys.of(selector, ends.server));
  }

  @Test
  void aHelloWithoutASecretIsAMistakeOfTheCaller() {
    assertThatIllegalArgumentException().isThrownBy(() -> ends.hello(List.of()));
  }

  @Test
  void closingWipesTheSessionsKeys() {
    Reply reply = ends.accept(ends.hello(Ends.secrets(1)).helloMessage(), Ends.secrets(1));
    reply.keys().close();
    assertThat(reply.keys().sendKey()).containsOnly(0);
    assertThat(reply.keys().receiveKey()).containsOnly(0);
  }

  @Test
  void secretsAndKeysDoNotShowInText() {
    Reply reply = ends.accept(ends.hello(Ends.secrets(1)).helloMessage(), Ends.secrets(1));
    assertThat(reply.candidate()).hasToString("Secret");
    assertThat(reply.keys().toString()).doesNotContain(Fixed.hex(reply.keys().sendKey()));
    assertThat(ends.agent.toString()).doesNotContain(Fixed.hex(ends.agent.privateKey()));
  }

  private static void assertRefused(ThrowingCallable call, String because) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(call).withMessageContaining(because);
  }
}
