package dev.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DsseTest {
  private static final String TYPE = "application/vnd.sallyport.test+json";
  private static final Bytes PAYLOAD = Bytes.ofUtf8("{\"order\":\"none\"}");

  private final KeyPair signer = Ed25519Test.newKeyPair();
  private final KeyPair stranger = Ed25519Test.newKeyPair();
  private final DsseEnvelope envelope = DsseEnvelope.sign(TYPE, PAYLOAD, "k1", signer.getPrivate());

  static DsseEnvelope envelope(Seeded seeded) {
    List<DsseSignature> signatures = new ArrayList<>(seeded.list(3, s -> signature(s)));
    signatures.add(signature(seeded));
    return new DsseEnvelope(seeded.plain(40), Bytes.of(seeded.bytes(seeded.below(200))), signatures);
  }

  private static DsseSignature signature(Seeded seeded) {
    return new DsseSignature(seeded.coin() ? "" : seeded.plain(20),
        Bytes.of(seeded.bytes(seeded.coin() ? 64 : seeded.below(100))));
  }

  @Test
  void encodesTheExampleOfTheSpecification() {
    assertThat(pae("http://example.com/HelloWorld", "hello world"))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  @Test
  void countsBytesAndNotCharacters() {
    assertThat(pae("té", "é")).isEqualTo("DSSEv1 3 té 2 é");
    assertThat(pae("", "")).isEqualTo("DSSEv1 0  0 ");
  }

  @Test
  void readsTheEnvelopeOfTheSpecification() {
    DsseEnvelope read = DsseEnvelope.decode(
        """
            {"payload": "aGVsbG8gd29ybGQ=",
             "payloadType": "http://example.com/HelloWorld",
             "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}"""
            .getBytes(StandardCharsets.UTF_8));
    assertThat(read.payloadType()).isEqualTo("http://example.com/HelloWorld");
    assertThat(read.payload()).isEqualTo(Bytes.ofUtf8("hello world"));
    assertThat(read.signatures()).hasSize(1).first().extracting(DsseSignature::keyId).isEqualTo("");
  }

  @Test
  void everyEnvelopeSurvivesTheWayOverTheWire() {
    Seeded.forSeeds(1000, seeded -> {
      DsseEnvelope made = envelope(seeded);
      assertThat(DsseEnvelope.decode(made.encode())).isEqualTo(made);
    });
  }

  @Test
  void injuredEnvelopesAreReadOrRefusedButNeverDoAnythingElse() {
    Seeded.forSeeds(4000, seeded -> {
      try {
        DsseEnvelope read = DsseEnvelope.decode(seeded.injured(envelope(seeded).encode()));
        assertThat(DsseEnvelope.decode(read.encode())).isEqualTo(read);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    });
  }

  @Test
  void theUrlSafeAlphabetIsReadToo() {
    String standard = new String(envelope.encode(), StandardCharsets.UTF_8);
    byte[] signature = envelope.signatures().getFirst().signature().toArray();
    String urlSafe = standard
        .replace(Base64.getEncoder().encodeToString(signature),
            Base64.getUrlEncoder().withoutPadding().encodeToString(signature))
        .replace(Base64.getEncoder().encodeToString(PAYLOAD.toArray()),
            Base64.getUrlEncoder().encodeToString(PAYLOAD.toArray()));
    assertThat(DsseEnvelope.decode(urlSafe.getBytes(StandardCharsets.UTF_8))).isEqualTo(envelope);
  }

  @Test
  void unknownFieldsAreIgnoredBecauseNothingOutsideThePayloadIsSigned() {
    String more = new String(envelope.encode(), StandardCharsets.UTF_8)
        .replace("{\"keyid\"", "{\"extension\":{\"kind\":\"x\"},\"keyid\"")
        .replace("{\"payload\"", "{\"comment\":[[]],\"payload\"");
    assertThat(DsseEnvelope.decode(more.getBytes(StandardCharsets.UTF_8))).isEqualTo(envelope);
  }

  @Test
  void theSignersKeyOpensTheEnvelope() {
    assertThat(envelope.verifiedPayload(TYPE, signer.getPublic())).isEqualTo(PAYLOAD);
    assertThat(DsseEnvelope.decode(envelope.encode()).verifiedPayload(TYPE, signer.getPublic())).isEqualTo(PAYLOAD);
  }

  @Test
  @DisplayName("T17 a wrong key opens nothing, whatever key id is claimed")
  void aWrongKeyOpensNothing() {
    refusedFor(envelope, stranger);
    refusedFor(DsseEnvelope.sign(TYPE, PAYLOAD, Ed25519.raw(signer.getPublic()).base64Url(), stranger.getPrivate()),
        signer);
  }

  @Test
  @DisplayName("T17 one bit flipped in payload, type or signature and nothing opens")
  void oneFlippedBitOpensNothing() {
    for (int bit = 0; bit < PAYLOAD.length() * 8; bit++) {
      refusedFor(new DsseEnvelope(TYPE, flipped(PAYLOAD, bit), envelope.signatures()), signer);
    }
    Bytes signature = envelope.signatures().getFirst().signature();
    for (int bit = 0; bit < signature.length() * 8; bit++) {
      refusedFor(new DsseEnvelope(TYPE, PAYLOAD, List.of(new DsseSignature("k1", flipped(signature, bit)))), signer);
    }
    String otherType = TYPE.replace("test", "uest");
    DsseEnvelope retyped = new DsseEnvelope(otherType, PAYLOAD, envelope.signatures());
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> retyped.verifiedPayload(otherType, signer.getPublic()))
        .withMessage("signatures: none was made over this payload with the expected key");
  }

  @Test
  @DisplayName("T17 a missing or empty signature opens nothing")
  void aMissingSignatureOpensNothing() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new DsseEnvelope(TYPE, PAYLOAD, List.of()))
        .withMessage("signatures: expected 1 to 8, found 0");
    refusedFor(new DsseEnvelope(TYPE, PAYLOAD, List.of(new DsseSignature("k1", Bytes.EMPTY))), signer);
    refusedFor(new DsseEnvelope(TYPE, PAYLOAD, List.of(new DsseSignature("k1", Bytes.of(new byte[64])))), signer);
  }

  @Test
  @DisplayName("T17 what was signed as one thing does not pass for another")
  void aWrongPayloadTypeOpensNothing() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> envelope.verifiedPayload("application/vnd.sallyport.other+json", signer.getPublic()))
        .withMessage("payloadType: expected application/vnd.sallyport.other+json, found another");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> envelope.verifiedPayload(TYPE.toUpperCase(Locale.ROOT), signer.getPublic()));
  }

  @Test
  @DisplayName("T17 a signature over the bare payload is none")
  void aSignatureWithoutTheEncodingOpensNothing() {
    Bytes bare = Ed25519.sign(signer.getPrivate(), PAYLOAD.toArray());
    refusedFor(new DsseEnvelope(TYPE, PAYLOAD, List.of(new DsseSignature("", bare))), signer);
  }

  @Test
  void typeAndPayloadCannotTradeBytes() {
    Seeded.forSeeds(500, seeded -> {
      String type = seeded.plain(20);
      String payload = seeded.text(20);
      int cut = seeded.below(type.length());
      assertThat(pae(type, payload)).isNotEqualTo(pae(type.substring(0, cut), type.substring(cut) + payload));
    });
  }

  @Test
  void aCounterSignatureOpensForBoth() {
    DsseEnvelope both = envelope.counterSign("k2", stranger.getPrivate());
    assertThat(both.verifiedPayload(TYPE, signer.getPublic())).isEqualTo(PAYLOAD);
    assertThat(both.verifiedPayload(TYPE, stranger.getPublic())).isEqualTo(PAYLOAD);
    refusedFor(both, Ed25519Test.newKeyPair());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{}|field \"signatures\": missing, expected an array",
      "{\"signatures\":[{}]}|field \"signatures[0].sig\": missing, expected a string",
      "{\"signatures\":[{\"sig\":\"=\"}]}|field \"signatures[0].sig\": expected Base64 (RFC 4648 section 4 or 5)",
      "{\"signatures\":[{\"sig\":\"A\"}]}|field \"signatures[0].sig\": expected Base64 (RFC 4648 section 4 or 5)",
      "{\"signatures\":[{\"sig\":\"A+B_\"}]}|field \"signatures[0].sig\": expected Base64 (RFC 4648 section 4 or 5)",
      "{\"signatures\":[{\"sig\":\"+/+\"}]}|field \"signatures[0].sig\": expected Base64 with padding (RFC 4648 section 4)",
      "{\"signatures\":[{\"sig\":\"+B==\"}]}|field \"signatures[0].sig\": expected Base64 with padding (RFC 4648 section 4)",
      "{\"signatures\":[{\"sig\":\"eB==\"}]}|field \"signatures[0].sig\": expected Base64 (RFC 4648 section 4 or 5)",
      "{\"signatures\":[{\"sig\":\"\",\"keyid\":\"a\\nb\"}]}|keyid: character 1 (U+000A) is not plain text",
      "{\"signatures\":[{\"sig\":\"\"}]}|field \"payloadType\": missing, expected a string",
      "{\"signatures\":[{\"sig\":\"\"}],\"payloadType\":\"t\"}|field \"payload\": missing, expected a string",
      "{\"signatures\":[],\"payloadType\":\"t\",\"payload\":\"\"}|signatures: expected 1 to 8, found 0",
      "{\"signatures\":[{\"sig\":\"\"}],\"payloadType\":\"\",\"payload\":\"\"}|payloadType: must not be empty",
      "{\"signatures\":[1],\"payloadType\":\"t\",\"payload\":\"\"}|field \"signatures[0]\": expected an object, found the number 1"})
  void refusesWrongEnvelopesWithTheField(String json, String message) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> DsseEnvelope.decode(json.getBytes(StandardCharsets.UTF_8))).withMessage(message);
  }

  @Test
  void refusesMoreThanItsLimits() {
    DsseSignature one = envelope.signatures().getFirst();
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new DsseEnvelope(TYPE, PAYLOAD, Collections.nCopies(9, one)));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new DsseSignature("", Bytes.of(new byte[4097])));
    DsseEnvelope huge = new DsseEnvelope(TYPE, Bytes.of(new byte[50_000]), List.of(one));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(huge::encode);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> DsseEnvelope.decode(new byte[DsseEnvelope.MAX_BYTES + 1]));
  }

  private static void refusedFor(DsseEnvelope envelope, KeyPair key) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> envelope.verifiedPayload(TYPE, key.getPublic()))
        .withMessage("signatures: none was made over this payload with the expected key");
  }

  private static Bytes flipped(Bytes bytes, int bit) {
    byte[] flipped = bytes.toArray();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.of(flipped);
  }

  private static String pae(String type, String payload) {
    return new String(Dsse.pae(type, payload.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }
}
