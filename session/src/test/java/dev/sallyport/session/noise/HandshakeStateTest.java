package dev.sallyport.session.noise;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sallyport.protocol.ProtocolException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The interpreter with the hybrid pattern, for which there are no published vectors, and with everything used wrongly. */
class HandshakeStateTest {
  private static final NoiseProtocol HYBRID = new NoiseProtocol(HandshakePattern.of("IKhfs+psk2", "<- s", "...",
      "-> e, es, e1, s, ss", "<- e, ee, ekem1, se, psk"), Dh.jdk(), AeadAlgorithm.CHACHA_POLY, HashAlgorithm.SHA256);
  private static final byte[] PSK = new byte[32];
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_BYTES = 32 + 1200 + 48 + HELLO.length + 16;
  private static final int SECOND_BYTES = 32 + 1104 + HELLO.length + 16;

  private final RandomSource random = RandomSource.secure();
  private final StaticKeyPair agent = StaticKeyPair.generate(random);
  private final StaticKeyPair server = StaticKeyPair.generate(random);

  private HandshakeState initiator() {
    return new HandshakeState(HYBRID, Role.INITIATOR, HELLO,
        new HandshakeKeys().localStatic(agent).remoteStatic(server.publicKey()).presharedKey(PSK));
  }

  private HandshakeState responder(byte[] prologue, byte[] psk) {
    return new HandshakeState(HYBRID, Role.RESPONDER, prologue,
        new HandshakeKeys().localStatic(server).presharedKey(psk));
  }

  private byte[] write(HandshakeState state, int length) {
    byte[] out = new byte[length];
    assertThat(state.writePayload(HELLO, out, state.writeTokens(out, 0, random))).isEqualTo(length);
    return out;
  }

  private static byte[] read(HandshakeState state, byte[] message) {
    return state.readPayload(message, state.readTokens(message, 0));
  }

  @Test
  void theHybridPatternCarriesPayloadsAndKeys() {
    HandshakeState one = initiator();
    HandshakeState other = responder(HELLO, PSK);
    assertThat(read(other, write(one, FIRST_BYTES))).isEqualTo(HELLO);
    assertThat(read(one, write(other, SECOND_BYTES))).isEqualTo(HELLO);
    assertThat(one.handshakeHash()).isEqualTo(other.handshakeHash());
    assertThat(one.outputs(3)).usingRecursiveComparison().isEqualTo(other.outputs(3));
    assertThat(one.outputs(3).subList(0, 2)).as("two outputs are the first of three").usingRecursiveComparison()
        .isEqualTo(one.outputs(2));
    assertThat(other.remoteStatic()).isEqualTo(agent.publicKey());
    assertThat(HYBRID.name()).isEqualTo("Noise_IKhfs+psk2_25519+MLKEM768_ChaChaPoly_SHA256");
  }

  @Test
  @DisplayName("T17 another prologue or another psk never agrees")
  void refusesAnotherPrologueOrPsk() {
    HandshakeState one = initiator();
    byte[] first = write(one, FIRST_BYTES);
    assertRefused(() -> read(responder(PSK, PSK), first));
    HandshakeState wrongPsk = responder(HELLO, filled(32));
    read(wrongPsk, first);
    byte[] second = write(wrongPsk, SECOND_BYTES);
    assertRefused(() -> read(one, second));
  }

  @Test
  void aMessageThatEndsInsideAFieldIsRefused() {
    byte[] first = write(initiator(), FIRST_BYTES);
    for (int length : new int[]{0, 31, 32, 1231, 1232, 1279, 1280, 1295, FIRST_BYTES - 1}) {
      assertRefused(() -> read(responder(HELLO, PSK), Arrays.copyOf(first, length)));
    }
  }

  @Test
  void aForgedKemCiphertextShowsAtTheNextTag() {
    KemKeyPair pair = KemKeyPair.generate(random);
    byte[] forged = new byte[KemKeyPair.CIPHERTEXT_BYTES];
    byte[] other = forged.clone();
    other[0] = 1;
    assertThat(pair.decapsulate(forged)).hasSize(32).isEqualTo(pair.decapsulate(forged))
        .isNotEqualTo(pair.decapsulate(other));
    assertRefused(() -> KemKeyPair.encapsulate(filled(KemKeyPair.PUBLIC_KEY_BYTES), random));
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  @Test
  void stepsOutOfTurnAreMistakesOfTheCaller() {
    HandshakeState one = initiator();
    assertThatIllegalStateException().isThrownBy(() -> one.readTokens(new byte[2000], 0));
    assertThatIllegalStateException().isThrownBy(() -> one.writePayload(HELLO, new byte[2000], 0));
    assertThatIllegalStateException().isThrownBy(() -> one.outputs(2));
    HandshakeState other = responder(HELLO, PSK);
    assertThatIllegalStateException().isThrownBy(() -> other.writeTokens(new byte[2000], 0, random));
    byte[] first = write(one, FIRST_BYTES);
    assertThatIllegalStateException().isThrownBy(() -> other.readThrough(Token.EE, first, 0));
  }

  @Test
  void aMissingKeyIsAMistakeOfTheCaller() {
    assertThatIllegalArgumentException().isThrownBy(
        () -> new HandshakeState(HYBRID, Role.INITIATOR, HELLO, new HandshakeKeys().localStatic(agent)));
    HandshakeState withoutStatic = new HandshakeState(HYBRID, Role.INITIATOR, HELLO,
        new HandshakeKeys().remoteStatic(server.publicKey()));
    assertThatIllegalArgumentException().isThrownBy(() -> withoutStatic.writeTokens(new byte[2000], 0, random));
    HandshakeState beforeTheFirstMessage = responder(HELLO, PSK);
    assertThatIllegalArgumentException().isThrownBy(beforeTheFirstMessage::remoteStatic);
  }

  @Test
  void aPatternIsReadAsTheSpecificationWritesIt() {
    HandshakePattern pattern = HandshakePattern.of("KK", "-> s", "<- s", "...", "-> e, es, ss", "<- e, ee, se");
    assertThat(pattern.initiatorKnown()).containsExactly(Token.S);
    assertThat(pattern.responderKnown()).containsExactly(Token.S);
    assertThat(pattern.messages()).containsExactly(List.of(Token.E, Token.ES, Token.SS),
        List.of(Token.E, Token.EE, Token.SE));
    assertThat(pattern.usesPsk()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> HandshakePattern.of("X", "<- e"));
    assertThatIllegalArgumentException().isThrownBy(() -> HandshakePattern.of("X", "-> e", "-> s"));
    assertThatIllegalArgumentException().isThrownBy(() -> HandshakePattern.of("X", "-> q"));
    assertThatIllegalArgumentException().isThrownBy(() -> HandshakePattern.of("X", "e"));
    assertThatIllegalArgumentException().isThrownBy(() -> HandshakePattern.of("X"));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(call);
  }
}
