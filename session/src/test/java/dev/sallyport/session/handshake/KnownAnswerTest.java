package dev.sallyport.session.handshake;

import module java.base;

import static dev.sallyport.session.handshake.Fixed.hex;
import static dev.sallyport.session.handshake.Fixed.range;
import static org.assertj.core.api.Assertions.assertThat;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import dev.sallyport.session.noise.StaticKeyPair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One handshake of SLP/1 with every random byte fixed; an independent implementation must come to the same bytes. */
class KnownAnswerTest {
  private final Secret secret = Secret.of(range(0xe0, 0xff));
  private final StaticKeyPair server = StaticKeyPair.of(range(0x00, 0x1f));
  private final StaticKeyPair agent = StaticKeyPair.of(range(0x20, 0x3f));
  private byte[] hello = {};
  private HelloPayload helloPayload = new HelloPayload(HelloKind.SESSION, 1, 0, 0, 0, List.of());
  private byte[] replyMessage = {};
  private SessionKeys serverKeys = new SessionKeys(new byte[32], new byte[32], new byte[8], new byte[32]);
  private Secret serverCandidate = secret;
  private ReplyVerdict verdict = new ReplyVerdict.Rejected(Status.CLOCK,
      new ReplyPayload(Status.CLOCK, Set.of(), 0, 0, 0, 0, SessionTerms.NONE, Duration.ZERO));

  @BeforeEach
  void shakeHands() {
    AgentHandshake agentEnd = AgentHandshake.start(agent, server.publicKey(), 0, HelloKind.SESSION, new byte[16],
        List.of(secret), 1, 1_700_000_000_000L, 0x010000,
        Fixed.random(range(0x40, 0x5f), range(0x80, 0x9f), range(0xa0, 0xbf)));
    hello = agentEnd.helloMessage();
    ServerHandshake serverEnd = ServerHandshake.open(ServerKeys.of(0, server), hello);
    helloPayload = serverEnd.payload();
    Match match = serverEnd.match(List.of(secret)).orElseThrow();
    ReplyPayload payload = new ReplyPayload(Status.OK, Set.of(), 0, 1_700_000_000_001L, 1, 0,
        new SessionTerms(65_519, 262_144, 4_194_304, Duration.ofSeconds(25), Duration.ofSeconds(120)), Duration.ZERO);
    Reply reply = serverEnd.accept(secret, match.proofIndex(), payload,
        Fixed.random(range(0x60, 0x7f), range(0xc0, 0xdf)));
    replyMessage = reply.message();
    serverKeys = reply.keys();
    serverCandidate = reply.candidate();
    verdict = agentEnd.onReply(replyMessage);
  }

  @Test
  void derivesThePublicKeys() {
    assertThat(hex(server.publicKey())).isEqualTo("8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f");
    assertThat(hex(agent.publicKey())).isEqualTo("358072d6365880d1aeea329adf9121383851ed21a28e3b75e965d0d2cd166254");
  }

  @Test
  void derivesThePskAndTheProof() {
    assertThat(hex(KeySchedule.psk(secret)))
        .isEqualTo("b71c8f1322f4fbd23964d34d8d468582de6290d8488aca02184d6974e47513e3");
    assertThat(helloPayload.proofs()).singleElement().extracting(Fixed::hex)
        .isEqualTo("1ca5016979ced952afb301883d40635e");
  }

  @Test
  void writesTheHello() {
    assertThat(hello).hasSize(1 + 1576).startsWith(0x01);
    assertThat(Fixed.sha256(hello, 1)).isEqualTo("42ae35611f5a2744a1c92ec295a1210d22fe9156dbc93298caafaaffe4a6d5ab");
    assertThat(helloPayload).usingRecursiveComparison().ignoringFields("proofs")
        .isEqualTo(new HelloPayload(HelloKind.SESSION, 1, 1_700_000_000_000L, 0, 0x010000, List.of()));
  }

  @Test
  void writesTheReply() {
    assertThat(replyMessage).hasSize(1 + 1288).startsWith(0x02);
    assertThat(Fixed.sha256(replyMessage, 1))
        .isEqualTo("8577c11f82ba6c6a80716ed3328ea7cc214d0e535f232166934156411ca5bb75");
  }

  @Test
  void derivesTheSameSessionOnBothSides() {
    ReplyVerdict.Accepted accepted = (ReplyVerdict.Accepted) verdict;
    assertSession(accepted.keys().sendKey(), accepted.keys().receiveKey(), accepted.keys(), accepted.candidate());
    assertSession(serverKeys.receiveKey(), serverKeys.sendKey(), serverKeys, serverCandidate);
  }

  private static void assertSession(byte[] toServer, byte[] toAgent, SessionKeys keys, Secret candidate) {
    assertThat(hex(keys.handshakeHash()))
        .isEqualTo("20a3237575f31ad38c396e044849305afed28f644b01a7f5512e9125cb668508");
    assertThat(hex(toServer)).isEqualTo("78bdc9ee455b476499da833312b22814b79a9922fc123393e730096f80293ef5");
    assertThat(hex(toAgent)).isEqualTo("ee2cfd25c95b51a174a95db6d967c219eab6c09314059be8663cd4df05be5814");
    assertThat(hex(candidate.bytes())).isEqualTo("a81c1f274c7b79ad5bc55cb79466909d5e9f8562b49792bb214c91fef5f0c603");
    assertThat(hex(keys.cid())).isEqualTo("37c3d2f10dc7a11b");
  }

  @Test
  void sealsTheFirstRecord() throws GeneralSecurityException {
    ReplyVerdict.Accepted accepted = (ReplyVerdict.Accepted) verdict;
    byte[] associated = Arrays.copyOf(accepted.keys().cid(), 16);
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(accepted.keys().sendKey(), "ChaCha20"),
        new IvParameterSpec(new byte[12]));
    cipher.updateAAD(associated);
    assertThat(hex(cipher.doFinal(HexFormat.of().parseHex("0100000000000000"))))
        .isEqualTo("9f615477fd6b771d03ab45b0b96664a16ff117db5aecec06");
  }
}
