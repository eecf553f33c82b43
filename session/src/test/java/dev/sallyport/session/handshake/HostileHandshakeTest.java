package dev.sallyport.session.handshake;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.Seeds;
import dev.sallyport.session.noise.Dh;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a network or a liar may do to the two messages of a handshake. */
class HostileHandshakeTest {
  /** Every bit with {@code -Dsallyport.flips=all}; else one bit of every byte. */
  private static final boolean ALL_BITS = "all".equals(System.getProperty("sallyport.flips"));

  private final Ends ends = new Ends();

  private AgentHandshake fixedAgent() {
    return ends.hello(Ends.secrets(1),
        Fixed.random(Fixed.range(0x40, 0x5f), Fixed.range(0x80, 0x9f), Fixed.range(0xa0, 0xbf)));
  }

  @Test
  @DisplayName("T17 T30 a HELLO with one flipped bit is refused, wherever the bit is")
  void refusesAHelloWithAFlippedBit() {
    byte[] hello = fixedAgent().helloMessage();
    flips(hello.length).forEach(bit -> assertRefused(() -> ends.open(flipped(hello, bit)), "bit " + bit));
    assertThat(ends.open(hello).match(Ends.secrets(1))).as("and unflipped it is good").isPresent();
  }

  @Test
  @DisplayName("T17 T30 a HELLO_REPLY with one flipped bit is refused, wherever the bit is")
  void refusesAReplyWithAFlippedBit() {
    byte[] reply = ends.accept(fixedAgent().helloMessage(), Ends.secrets(1)).message();
    flips(reply.length).forEach(bit -> assertRefused(() -> fixedAgent().onReply(flipped(reply, bit)), "bit " + bit));
    assertThat(fixedAgent().onReply(reply)).as("and unflipped it is good").isInstanceOf(ReplyVerdict.Accepted.class);
  }

  private static IntStream flips(int bytes) {
    return ALL_BITS ? IntStream.range(0, 8 * bytes) : IntStream.range(0, bytes).map(at -> 8 * at + at * 5 % 8);
  }

  private static byte[] flipped(byte[] message, int bit) {
    byte[] changed = message.clone();
    changed[bit / 8] ^= (byte) (1 << (bit % 8));
    return changed;
  }

  @Test
  @DisplayName("T30 randomly mutated handshake messages are refused, and by nothing but a ProtocolException")
  void refusesMutatedMessages() {
    byte[] hello = fixedAgent().helloMessage();
    byte[] reply = ends.accept(hello, Ends.secrets(1)).message();
    Seeds.forSeeds(150, random -> {
      byte[] badHello = mutated(random, hello);
      assertRefused(() -> ends.open(badHello), "mutated HELLO");
      byte[] badReply = mutated(random, reply);
      assertRefused(() -> fixedAgent().onReply(badReply), "mutated HELLO_REPLY");
    });
  }

  private static byte[] mutated(SplittableRandom random, byte[] message) {
    int from = random.nextInt(message.length - 1);
    int length = 1 + random.nextInt(Math.min(64, message.length - from));
    byte[] changed = switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(message, from);
      case 1 -> Arrays.copyOf(message, message.length + length);
      case 2 -> Seeds.bytes(random, message.length);
      default -> message.clone();
    };
    if (changed.length == message.length) {
      System.arraycopy(Seeds.bytes(random, length), 0, changed, from, length);
    }
    return Arrays.equals(changed, message) ? flipped(message, random.nextInt(8 * message.length)) : changed;
  }

  @Test
  @DisplayName("T16 a reply to one HELLO is no reply to another, and messages do not pass for each other")
  void refusesMessagesOutOfPlace() {
    byte[] first = ends.hello(Ends.secrets(1)).helloMessage();
    byte[] reply = ends.accept(first, Ends.secrets(1)).message();
    AgentHandshake second = ends.hello(Ends.secrets(1));
    assertRefused(() -> second.onReply(reply), "replayed reply");
    assertRefused(() -> ends.hello(Ends.secrets(1)).onReply(first), "HELLO as reply");
    assertRefused(() -> ends.open(reply), "reply as HELLO");
    assertRefused(() -> ends.open(new byte[0]), "nothing");
  }

  @Test
  void aForgedReplyEndsTheHandshakeForGood() {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    byte[] reply = ends.accept(agent.helloMessage(), Ends.secrets(1)).message();
    assertRefused(() -> agent.onReply(flipped(reply, 4000)), "forgery");
    assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> agent.onReply(reply));
  }

  @Test
  @DisplayName("T17 a HELLO to another server's key is refused")
  void refusesAHelloForAnotherServer() {
    byte[] hello = fixedAgent().helloMessage();
    ServerKeys other = ServerKeys.of(Ends.SELECTOR, StaticKeyPair.generate(ends.random));
    assertRefused(() -> ServerHandshake.open(other, hello), "wrong key");
  }

  @Test
  @DisplayName("T17 T44 a server without the pinned key cannot answer")
  void refusesAnAnswerFromAnotherServer() {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    StaticKeyPair thief = StaticKeyPair.generate(ends.random);
    AgentHandshake toThief = AgentHandshake.start(ends.agent, thief.publicKey(), Ends.SELECTOR, HelloKind.SESSION,
        Ends.NO_HINT, Ends.secrets(1), 5, 17, 0, ends.random);
    ServerHandshake answering = ServerHandshake.open(ServerKeys.of(Ends.SELECTOR, thief), toThief.helloMessage());
    byte[] reply = answering.accept(Ends.secret(1), 0, Ends.ok(5), ends.random).message();
    assertRefused(() -> agent.onReply(reply), "answer of a thief");
  }

  @Test
  @DisplayName("T3 T27 who knows every key and name, but no secret, is nobody")
  void aStaticKeyAloneIsNotEnough() {
    AgentHandshake thief = ends.hello(List.of(Secret.of(Fixed.range(0, 31))));
    ServerHandshake server = ends.open(thief.helloMessage());
    assertThat(server.match(Ends.secrets(1, 2, 3, 4))).isEmpty();
  }

  @Test
  void okWithoutASecretIsAnAttack() {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    byte[] lie = ends.lie(agent.helloMessage(), Slp.NO_SECRET, new byte[32], Ends.ok(5).encode(Slp.NO_SECRET));
    assertRefused(() -> agent.onReply(lie), "zero psk and OK");
  }

  @Test
  void okWithAZeroKeyUnderAnOfferedIndexIsAnAttack() {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    byte[] lie = ends.lie(agent.helloMessage(), 0, new byte[32], Ends.ok(5).encode(0));
    assertRefused(() -> agent.onReply(lie), "zero psk under index 0");
  }

  @Test
  void aRefusalUnderASecretIsAgainstTheRules() {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    byte[] lie = ends.lie(agent.helloMessage(), 0, KeySchedule.psk(Ends.secret(1)),
        Ends.no(Status.REVOKED, 5).encode(0));
    assertRefused(() -> agent.onReply(lie), "refusal with a psk");
  }

  @Test
  void headerAndPayloadMustNameTheSameSecret() {
    AgentHandshake agent = ends.hello(Ends.secrets(1, 2));
    byte[] lie = ends.lie(agent.helloMessage(), 0, KeySchedule.psk(Ends.secret(1)), Ends.ok(5).encode(1));
    assertRefused(() -> agent.onReply(lie), "two indices");
  }

  @Test
  void aSecretThatWasNotOfferedCannotBeNamed() {
    AgentHandshake agent = ends.hello(Ends.secrets(1, 2));
    byte[] lie = ends.lie(agent.helloMessage(), 2, KeySchedule.psk(Ends.secret(3)), Ends.ok(5).encode(2));
    assertRefused(() -> agent.onReply(lie), "index 2 of 2");
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 6})
  void okMustAnswerThisAttempt(long attempt) {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    byte[] lie = ends.lie(agent.helloMessage(), 0, KeySchedule.psk(Ends.secret(1)), Ends.ok(attempt).encode(0));
    assertRefused(() -> agent.onReply(lie), "attempt " + attempt);
  }

  @Test
  void aFloorBelowTheRefusedAttemptIsNonsense() {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    byte[] refusal = ends.open(agent.helloMessage()).refuse(Ends.no(Status.ATTEMPT_STALE, 4), ends.random);
    assertRefused(() -> agent.onReply(refusal), "floor 4 for attempt 5");
  }

  @Test
  void aFloorThatUsesUpAllAttemptsIsRefused() {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    byte[] refusal = ends.open(agent.helloMessage()).refuse(Ends.no(Status.ATTEMPT_STALE, HelloPayload.MAX_ATTEMPT),
        ends.random);
    assertRefused(() -> agent.onReply(refusal), "the highest floor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0000000000000000000000000000000000000000000000000000000000000080",
      "0100000000000000000000000000000000000000000000000000000000000080"})
  @DisplayName("T17 a public key of low order is fatal, wherever it stands")
  void refusesPublicKeysOfLowOrder(String hex) {
    byte[] point = HexFormat.of().parseHex(hex);
    assertRefused(() -> Dh.jdk().agree(Fixed.range(0, 31), point), "agreement");

    byte[] hello = fixedAgent().helloMessage();
    System.arraycopy(point, 0, hello, 1 + Slp.HEADER1_BYTES, point.length);
    assertRefused(() -> ends.open(hello), "ephemeral key in HELLO");

    byte[] reply = ends.accept(fixedAgent().helloMessage(), Ends.secrets(1)).message();
    System.arraycopy(point, 0, reply, 1 + Slp.HEADER2_BYTES, point.length);
    assertRefused(() -> fixedAgent().onReply(reply), "ephemeral key in HELLO_REPLY");

    assertRefused(
        () -> AgentHandshake.start(ends.agent, point, 0, HelloKind.SESSION, Ends.NO_HINT, Ends.secrets(1), 1, 0,
            0, ends.random),
        "server's static key");
  }

  @Test
  @DisplayName("T49 a recorded session and all that is stored later open nothing")
  void aRecordedSessionStaysClosed() {
    AgentHandshake agent = ends.hello(Ends.secrets(1));
    byte[] recordedHello = agent.helloMessage();
    byte[] recordedReply = ends.accept(recordedHello, Ends.secrets(1)).message();
    ReplyVerdict.Accepted session = (ReplyVerdict.Accepted) agent.onReply(recordedReply);

    List<Secret> stolen = List.of(Ends.secret(1), session.candidate());
    AgentHandshake withAllKeys = ends.hello(stolen);
    assertRefused(() -> withAllKeys.onReply(recordedReply), "both static keys, old and new secret, no ephemeral key");
    Reply again = ends.accept(recordedHello, Ends.secrets(1));
    assertThat(again.keys().sendKey()).as("the server itself cannot make the keys again")
        .isNotEqualTo(session.keys().receiveKey());
    assertThat(again.candidate()).isNotEqualTo(session.candidate());
  }

  @Test
  @DisplayName("T3 secrets have 256 bits, each as often one as zero")
  void candidatesLookRandom() {
    int[] ones = new int[8 * Secret.BYTES];
    int rounds = 100;
    Set<Secret> seen = new HashSet<>();
    for (int i = 0; i < rounds; i++) {
      Secret candidate = ends.accept(fixedAgent().helloMessage(), Ends.secrets(1)).candidate();
      seen.add(candidate);
      BitSet bits = BitSet.valueOf(candidate.bytes());
      bits.stream().forEach(bit -> ones[bit]++);
    }
    assertThat(seen).hasSize(rounds);
    // Seven standard deviations: one false alarm in a billion runs over all bits.
    assertThat(Arrays.stream(ones)).allMatch(count -> count > 15 && count < 85);
  }

  @Test
  void freshKeysComeFromThePlatformsGenerator() {
    byte[] one = new byte[32];
    byte[] other = new byte[32];
    RandomSource.secure().fill(one);
    RandomSource.secure().fill(other);
    assertThat(one).isNotEqualTo(other).isNotEqualTo(new byte[32]);
  }

  private static void assertRefused(ThrowingCallable call, String what) {
    assertThatExceptionOfType(ProtocolException.class).as(what).isThrownBy(call);
  }
}
