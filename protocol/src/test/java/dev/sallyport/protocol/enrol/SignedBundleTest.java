package dev.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedBundleTest {
  private static final String SITE = "018f6a3c-5b1e-7000-8000-0123456789ab";
  private static final KeyPair INSTALLER = Ed25519Test.newKeyPair();

  static EnrolBundle bundle(Seeded seeded) {
    List<URI> servers = new ArrayList<>(List.of(URI.create("wss://a.example:8443/agent")));
    servers.addAll(seeded.list(3,
        s -> URI.create(s.oneOf("wss", "https", "http", "tcp", "ftp") + "://[::1]:" + s.between(1, 65_535))));
    List<ServerKey> keys = new ArrayList<>();
    for (int selector = seeded.below(4); selector >= 0; selector--) {
      keys.add(new ServerKey(selector * 85, Bytes.of(seeded.bytes(32))));
    }
    return new EnrolBundle(seeded.uuid(), servers, keys, new EnrolToken(Bytes.of(seeded.bytes(16)), seeded.bytes(32)),
        seeded.instant(),
        seeded.list(3, s -> s.plain(20)), digestOrNone(seeded),
        seeded.coin()
            ? AuthorityPin.NONE
            : new AuthorityPin(seeded.between(1, Long.MAX_VALUE), Bytes.of(seeded.bytes(32))),
        digestOrNone(seeded), Bytes.of(seeded.bytes(seeded.below(60))), seeded.list(3, s -> Bytes.of(s.bytes(32))));
  }

  private static Bytes digestOrNone(Seeded seeded) {
    return seeded.coin() ? Bytes.EMPTY : Bytes.of(seeded.bytes(32));
  }

  private static EnrolBundle simple() {
    return EnrolBundle.of(SITE, List.of(URI.create("wss://sally.example:8443/agent")),
        List.of(new ServerKey(0, Bytes.of(new byte[32]))),
        new EnrolToken(Bytes.of(new byte[16]), new byte[32]), Instant.ofEpochSecond(1_700_000_000));
  }

  @Test
  void everyBundleSurvivesTheWayThroughAFileAndAsAWord() {
    Seeded.forSeeds(100, seeded -> {
      EnrolBundle bundle = bundle(seeded);
      SignedBundle signed = SignedBundle.sign(bundle, INSTALLER);
      assertThat(SignedBundle.decode(signed.encode()).verified(INSTALLER.getPublic())).isEqualTo(bundle);
      assertThat(SignedBundle.ofText(signed.text()).delivered()).isEqualTo(bundle);
      assertThat(EnrolBundleCodec.decode(EnrolBundleCodec.encode(bundle))).isEqualTo(bundle);
    });
  }

  @Test
  void injuredBundlesAreReadOrRefusedButNeverDoAnythingElse() {
    Seeded.forSeeds(4000, seeded -> {
      Bytes injured = Bytes.of(seeded.injured(EnrolBundleCodec.encode(bundle(seeded)).toArray()));
      try {
        EnrolBundle read = EnrolBundleCodec.decode(injured);
        assertThat(EnrolBundleCodec.decode(EnrolBundleCodec.encode(read))).isEqualTo(read);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    });
  }

  @Test
  @DisplayName("T17 an injured word is refused, wherever the injury is")
  void injuredWordsAreRefused() {
    String word = SignedBundle.sign(simple(), INSTALLER).text();
    Seeded.forSeeds(500, seeded -> {
      String injured = new String(seeded.injured(word.getBytes(StandardCharsets.US_ASCII)),
          StandardCharsets.ISO_8859_1);
      if (!injured.strip().equals(word)) {
        try {
          assertThat(SignedBundle.ofText(injured).delivered()).isEqualTo(simple());
        } catch (ProtocolException refused) {
          assertThat(refused.getMessage()).isNotBlank();
        }
      }
    });
  }

  @Test
  void theBundleHasADocumentedForm() {
    String zeros43 = "A".repeat(43);
    assertThat(utf8(EnrolBundleCodec.encode(simple()))).isEqualTo("{\"v\":1,\"site\":\"" + SITE + "\","
        + "\"servers\":[\"wss://sally.example:8443/agent\"],\"serverKeys\":[{\"sel\":0,\"x25519\":\"" + zeros43
        + "\"}],"
        + "\"token\":{\"id\":\"" + "A".repeat(22) + "\",\"secret\":\"" + zeros43
        + "\"},\"exp\":1700000000,\"groups\":[],"
        + "\"agentDigest\":null,\"authority\":null,\"updateRoot\":null,\"elevate\":null}");
    Bytes digest = Bytes.of(new byte[32]);
    EnrolBundle full = new EnrolBundle(SITE, simple().servers(), simple().serverKeys(), simple().token(),
        simple().expires(),
        List.of("Berlin"), digest, new AuthorityPin(7, digest), digest, Bytes.of(new byte[3]), List.of(digest));
    String hex = "00".repeat(32);
    assertThat(utf8(EnrolBundleCodec.encode(full)))
        .endsWith("\"groups\":[\"Berlin\"],\"agentDigest\":\"sha256:" + hex + "\","
            + "\"authority\":{\"version\":7,\"sha256\":\"" + hex + "\"},\"updateRoot\":\"" + hex + "\","
            + "\"elevate\":{\"kdf\":\"slp1\",\"ct\":\"AAAA\"},\"tlsPins\":[\"" + zeros43 + "\"]}");
  }

  @Test
  void whatASiteDoesNotUseMayBeAbsent() {
    String shorter = utf8(EnrolBundleCodec.encode(simple()))
        .replace(",\"agentDigest\":null,\"authority\":null,\"updateRoot\":null,\"elevate\":null", "");
    assertThat(EnrolBundleCodec.decode(Bytes.ofUtf8(shorter))).isEqualTo(simple());
  }

  @Test
  @DisplayName("T17 only the installer's key opens a bundle")
  void aWrongKeyOpensNoBundle() {
    SignedBundle signed = SignedBundle.sign(simple(), INSTALLER);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> signed.verified(Ed25519Test.newKeyPair().getPublic()));
    assertThat(signed.installerKey()).isEqualTo(Ed25519.raw(INSTALLER.getPublic()));
  }

  @Test
  @DisplayName("T17 a bundle without, with an empty or with a foreign signature is not delivered")
  void aDeliveredBundleIsStillChecked() {
    DsseEnvelope sound = SignedBundle.sign(simple(), INSTALLER).envelope();
    String keyId = sound.signatures().getFirst().keyId();
    for (Bytes wrong : List.of(Bytes.EMPTY, Bytes.of(new byte[64]),
        DsseEnvelope.sign(SignedBundle.PAYLOAD_TYPE, sound.payload(), keyId, Ed25519Test.newKeyPair().getPrivate())
            .signatures().getFirst()
            .signature())) {
      SignedBundle bundle = new SignedBundle(
          new DsseEnvelope(SignedBundle.PAYLOAD_TYPE, sound.payload(), List.of(new DsseSignature(keyId, wrong))));
      assertThatExceptionOfType(ProtocolException.class).isThrownBy(bundle::delivered);
    }
    for (String wrongId : List.of("", "k1", "A".repeat(43), keyId + "A", keyId.substring(1))) {
      SignedBundle bundle = new SignedBundle(
          new DsseEnvelope(SignedBundle.PAYLOAD_TYPE, sound.payload(),
              List.of(new DsseSignature(wrongId, sound.signatures().getFirst().signature()))));
      assertThatExceptionOfType(ProtocolException.class).isThrownBy(bundle::delivered);
    }
  }

  @Test
  @DisplayName("T17 what the installer's key signed as something else is no bundle")
  void anotherPayloadTypeIsNoBundle() {
    DsseEnvelope other = DsseEnvelope.sign("application/vnd.sallyport.directive.v1+json",
        EnrolBundleCodec.encode(simple()),
        Ed25519.raw(INSTALLER.getPublic()).base64Url(), INSTALLER.getPrivate());
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new SignedBundle(other).verified(INSTALLER.getPublic()));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new SignedBundle(other).delivered());
  }

  @Test
  void aWordIsOneWordAndItsSurroundingsDoNotMatter() {
    SignedBundle signed = SignedBundle
        .sign(simple().withGroups(List.of("Büro 1")).withTlsPins(List.of(Bytes.of(new byte[32]))), INSTALLER);
    assertThat(signed.text()).matches("[A-Za-z0-9_-]+");
    assertThat(SignedBundle.ofText("  " + signed.text() + "\r\n")).isEqualTo(signed);
    assertThat(Base64Url.decode(signed.text())).isEqualTo(signed.encode());
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> SignedBundle.ofText("A".repeat(SignedBundle.MAX_TEXT_LENGTH + 1)))
        .withMessage("bundle: expected at most 16384 characters, found 16385");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> SignedBundle.decode(new byte[SignedBundle.MAX_ENVELOPE_BYTES + 1]))
        .withMessage("bundle: expected at most 12288 bytes, found 12289");
    List<URI> long16 = Collections.nCopies(16, URI.create("wss://h/" + "x".repeat(500)));
    EnrolBundle huge = EnrolBundle.of(SITE, long16, simple().serverKeys(), simple().token(), simple().expires())
        .withGroups(Collections.nCopies(32, "g".repeat(100)));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> SignedBundle.sign(huge, INSTALLER).text())
        .withMessageStartingWith("bundle: expected at most 12288 bytes, found ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "not a bundle", "====", "e30", "bnVsbA", "\0", "\u2028"})
  void refusesOtherWords(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> SignedBundle.ofText(text));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "\"v\":1|\"v\":2|field \"v\": expected a whole number from 1 to 1, found the number 2",
      "018f6a3c|018F6A3C|site: expected a UUID in lower case",
      "[\"wss://sally.example:8443/agent\"]|[]|servers: expected 1 to 16 items, found 0",
      "wss://sally.example:8443/agent|"
          + "wss://sally example|field \"servers\": expected addresses of the form <scheme>://host[:port][/path]",
      "[{\"sel\":0|[{\"sel\":256|"
          + "field \"serverKeys[0].sel\": expected a whole number from 0 to 255, found the number 256",
      "\"sel\":0|\"sel\":0,\"sel2\":0|field \"serverKeys[0].sel2\": unknown, allowed here: sel, x25519",
      "\"token\":{|\"token\":{\"uses\":1,|field \"token.uses\": unknown, allowed here: id, secret",
      "\"exp\":1700000000|\"exp\":\"2023\"|"
          + "field \"exp\": expected a whole number from 0 to 253402300799, found a string of 4 characters",
      "\"groups\":[]|\"groups\":[\"\"]|group: must not be empty",
      "\"agentDigest\":null|"
          + "\"agentDigest\":\"md5:00\"|"
          + "field \"agentDigest\": expected \"sha256:\" and 64 lower-case hexadecimal digits",
      "\"updateRoot\":null|\"updateRoot\":\"00\"|"
          + "field \"updateRoot\": expected \"\" and 64 lower-case hexadecimal digits",
      "\"authority\":null|\"authority\":{\"version\":0,\"sha256\":\"00\"}|"
          + "field \"authority.version\": expected a whole number from 1 to 9223372036854775807, found "
          + "the number 0",
      "\"elevate\":null|\"elevate\":{\"kdf\":\"none\",\"ct\":\"AA\"}|field \"elevate.kdf\": expected \"slp1\"",
      "\"elevate\":null|\"elevate\":null,\"tlsPins\":[\"AA\"]|tlsPins: expected 32 bytes, found 1",
      "\"elevate\":null|\"elevate\":null,\"insecure\":true|"
          + "field \"insecure\": unknown, allowed here: v, site, servers, serverKeys, token, exp, groups,"
          + " agentDigest, authority, updateRoot, elevate, tlsPins"})
  void refusesWrongBundlesWithTheField(String good, String bad, String message) {
    String json = utf8(EnrolBundleCodec.encode(simple()));
    assertThat(json).contains(good);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> EnrolBundleCodec.decode(Bytes.ofUtf8(json.replace(good, bad))))
        .withMessage(message);
  }

  private static String utf8(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }
}
