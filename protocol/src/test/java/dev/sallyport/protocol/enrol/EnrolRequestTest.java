package dev.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import dev.sallyport.protocol.channel.AgentPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnrolRequestTest {
  private static final String UUID = "018f6a3c-5b1e-7000-8000-0123456789ab";

  private final KeyPair signing = Ed25519Test.newKeyPair();
  private final byte[] hash = new byte[32];
  private final EnrolRequest request = EnrolRequest.sign("web-01", "Debian 13", "", signing, Bytes.of(new byte[32]),
      Bytes.of(new byte[1184]), hash);

  static EnrolRequest random(Seeded seeded) {
    return new EnrolRequest(seeded.plain(255), seeded.plain(255), seeded.plain(255), Bytes.of(seeded.bytes(32)),
        Bytes.of(seeded.bytes(32)),
        Bytes.of(seeded.bytes(1184)), Bytes.of(seeded.bytes(64)));
  }

  @Test
  void everyRequestSurvivesTheWayOverTheWire() {
    Seeded.forSeeds(300, seeded -> {
      EnrolRequest made = random(seeded);
      byte[] bytes = made.encode();
      assertThat(bytes.length).isLessThanOrEqualTo(EnrolRequest.MAX_BYTES);
      assertThat(EnrolRequest.decode(bytes)).isEqualTo(made);
    });
  }

  @Test
  void injuredRequestsAreReadOrRefusedButNeverDoAnythingElse() {
    byte[] sound = request.encode();
    Seeded.forSeeds(3000, seeded -> {
      try {
        EnrolRequest read = EnrolRequest.decode(seeded.injured(sound));
        assertThat(EnrolRequest.decode(read.encode())).isEqualTo(read);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    });
  }

  @Test
  void anAgentProvesItsSigningKeyInTheHandshake() {
    assertThat(EnrolRequest.decode(request.encode()).requireSignedIn(hash)).isEqualTo(request);
    assertThat(
        Ed25519.verifies(signing.getPublic(), ("slp1 enroll" + "\0".repeat(32)).getBytes(StandardCharsets.US_ASCII),
            request.signature()))
        .isTrue();
  }

  @Test
  @DisplayName("T17 a proof made in another handshake is none")
  void aProofOfAnotherHandshakeIsNone() {
    for (int bit = 0; bit < 256; bit++) {
      byte[] other = hash.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> request.requireSignedIn(other))
          .withMessage("signature: not made by sigKey in this handshake");
    }
  }

  @Test
  @DisplayName("T17 a proof by another key, or for a key that fits anything, is none")
  void aProofOfAnotherKeyIsNone() {
    Bytes other = Ed25519.raw(Ed25519Test.newKeyPair().getPublic());
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> with(other, request.signature()).requireSignedIn(hash));
    Bytes neutral = Bytes.ofHex("01" + "00".repeat(31));
    Bytes fitsAnything = Bytes.ofHex("01" + "00".repeat(63));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> with(neutral, fitsAnything).requireSignedIn(hash))
        .withMessage("Ed25519 public key: not canonical or of small order");
  }

  @Test
  @DisplayName("T17 a missing proof is none")
  void aMissingProofIsNone() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> with(request.signingKey(), Bytes.EMPTY));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> with(request.signingKey(), Bytes.of(new byte[64])).requireSignedIn(hash));
  }

  @Test
  @DisplayName("T19 what a machine calls itself is plain text of bounded length")
  void refusesTextThatActs() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> EnrolRequest.sign("web\u0007", "os", "", signing,
            request.boxX25519(), request.boxMlKem(), hash));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> EnrolRequest.sign("", "os", "", signing, request.boxX25519(),
            request.boxMlKem(), hash));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> EnrolRequest.sign("h".repeat(256), "os", "", signing,
            request.boxX25519(), request.boxMlKem(), hash));
  }

  @Test
  void aHandshakeHashHas32Bytes() {
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> request.requireSignedIn(new byte[31]));
  }

  @Test
  void theMlKemKeyHas1184Bytes() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> EnrolRequest.sign("h", "os", "", signing, request.boxX25519(),
            Bytes.of(new byte[1183]), hash))
        .withMessage("boxMlKem: expected 1184 bytes, found 1183");
  }

  @Test
  void aGrantSurvivesTheWayOverTheWire() {
    EnrolGrant grant = new EnrolGrant(UUID, UUID, AgentPolicy.DEFAULT);
    assertThat(EnrolGrant.decode(grant.encode())).isEqualTo(grant);
    assertThat(new String(grant.encode(), StandardCharsets.UTF_8))
        .isEqualTo("{\"agentId\":\"" + UUID + "\",\"site\":\"" + UUID
            + "\",\"policy\":{\"checkInSeconds\":30,\"firstRetryMs\":1000,\"lastRetryMs\":300000}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"agentId\":\"ID\",\"site\":\"ID\"}",
      "{\"agentId\":\"ID\",\"site\":\"ID\",\"policy\":{}}",
      "{\"agentId\":\"../x\",\"site\":\"ID\",\"policy\":P}", "{\"agentId\":\"ID\",\"site\":\"\",\"policy\":P}",
      "{\"agentId\":\"ID\",\"site\":\"ID\",\"policy\":P,\"admin\":true}"})
  void refusesOtherGrants(String json) {
    String text = json.replace("ID", UUID).replace("P}", AgentPolicy.DEFAULT.toJson().text() + "}");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> EnrolGrant.decode(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "\"hostname\":\"web-01\",||field \"hostname\": missing, expected a string",
      "\"os\":\"Debian 13\"|\"os\":null|field \"os\": expected a string of at most 255 characters, found null",
      "\"fingerprint\":\"\"|"
          + "\"fingerprint\":\"\",\"admin\":true|"
          + "field \"admin\": unknown, allowed here: hostname, os, fingerprint, sigKey, boxX25519, "
          + "boxMlKem, signature",
      "\"boxX25519\":\"AA|\"boxX25519\":\"|field \"boxX25519\": expected base64url text without padding"})
  void refusesWrongRequestsWithTheField(String good, String bad, String message) {
    String json = new String(request.encode(), StandardCharsets.UTF_8);
    assertThat(json).contains(good);
    byte[] wrong = json.replace(good, bad == null ? "" : bad).getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> EnrolRequest.decode(wrong))
        .withMessage(message);
  }

  private EnrolRequest with(Bytes signingKey, Bytes signature) {
    return new EnrolRequest(request.hostname(), request.os(), request.fingerprint(), signingKey, request.boxX25519(),
        request.boxMlKem(),
        signature);
  }
}
