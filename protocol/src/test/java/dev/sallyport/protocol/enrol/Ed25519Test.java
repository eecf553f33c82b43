package dev.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Ed25519Test {
  /** The order of the base point (RFC 8032 section 5.1). */
  private static final BigInteger L = BigInteger.TWO.pow(252)
      .add(new BigInteger("27742317777372353535851937790883648493"));

  static KeyPair newKeyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
          + "'',"
          + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
          + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
          + "72,"
          + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,"
          + "af82,"
          + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
          + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"})
  void speaksTheVectorsOfRfc8032(String seed, String raw, String message, String signature)
      throws GeneralSecurityException {
    PrivateKey key = KeyFactory.getInstance("Ed25519")
        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Bytes.ofHex(seed).toArray()));
    byte[] text = Bytes.ofHex(message).toArray();
    assertThat(Ed25519.sign(key, text)).isEqualTo(Bytes.ofHex(signature));
    PublicKey publicKey = Ed25519.publicKey(Bytes.ofHex(raw));
    assertThat(Ed25519.verifies(publicKey, text, Bytes.ofHex(signature))).isTrue();
    assertThat(Ed25519.raw(publicKey)).isEqualTo(Bytes.ofHex(raw));
  }

  @Test
  void rawKeysAndJdkKeysAreTheSame() {
    for (int i = 0; i < 50; i++) {
      KeyPair pair = newKeyPair();
      PublicKey read = Ed25519.publicKey(Ed25519.raw(pair.getPublic()));
      assertThat(Ed25519.raw(read)).isEqualTo(Ed25519.raw(pair.getPublic()));
      byte[] message = {1, 2, 3};
      assertThat(Ed25519.verifies(read, message, Ed25519.sign(pair.getPrivate(), message))).isTrue();
    }
  }

  @Test
  @DisplayName("T17 a signature with one bit flipped is none")
  void noSingleBitMayBeFlipped() {
    KeyPair pair = newKeyPair();
    byte[] message = "order".getBytes(StandardCharsets.US_ASCII);
    byte[] signature = Ed25519.sign(pair.getPrivate(), message).toArray();
    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Ed25519.verifies(pair.getPublic(), message, Bytes.of(flipped))).as("bit %d", bit).isFalse();
    }
    for (int bit = 0; bit < message.length * 8; bit++) {
      byte[] flipped = message.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Ed25519.verifies(pair.getPublic(), flipped, Bytes.of(signature))).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 63, 65, 128})
  void aSignatureOfAnotherLengthIsNone(int length) {
    assertThat(Ed25519.verifies(newKeyPair().getPublic(), new byte[0], Bytes.of(new byte[length]))).isFalse();
  }

  @Test
  @DisplayName("T17 all zeros are no signature (CVE-2022-21449)")
  void zerosAreNoSignature() {
    assertThat(Ed25519.verifies(newKeyPair().getPublic(), new byte[]{1}, Bytes.of(new byte[64]))).isFalse();
  }

  @Test
  void theOtherSpellingOfASignatureIsNone() {
    KeyPair pair = newKeyPair();
    byte[] message = {7};
    byte[] signature = Ed25519.sign(pair.getPrivate(), message).toArray();
    byte[] malleable = signature.clone();
    BigInteger s = littleEndian(signature, 32).add(L);
    for (int i = 0; i < 32; i++) {
      malleable[32 + i] = s.shiftRight(8 * i).byteValue();
    }
    assertThat(Ed25519.verifies(pair.getPublic(), message, Bytes.of(malleable))).isFalse();
  }

  @ParameterizedTest
  @DisplayName("T17 keys for which any signature fits are refused: small order, and their other spellings")
  @ValueSource(strings = {
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0000000000000000000000000000000000000000000000000000000000000080",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000080",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"})
  void refusesUnfitKeys(String raw) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Ed25519.publicKey(Bytes.ofHex(raw)))
        .withMessage("Ed25519 public key: not canonical or of small order");
  }

  @Test
  void refusesKeysOfAnotherLength() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Ed25519.publicKey(Bytes.of(new byte[31])));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Ed25519.publicKey(Bytes.of(new byte[33])));
  }

  @Test
  void bytesThatAreNoPointNeverVerifyAnything() {
    Seeded.forSeeds(200, seeded -> {
      try {
        PublicKey key = Ed25519.publicKey(Bytes.of(seeded.bytes(32)));
        assertThat(Ed25519.verifies(key, seeded.bytes(4), Bytes.of(seeded.bytes(64)))).isFalse();
      } catch (ProtocolException refused) {
        assertThat(refused).hasMessageStartingWith("Ed25519 public key");
      }
    });
  }

  private static BigInteger littleEndian(byte[] bytes, int from) {
    BigInteger value = BigInteger.ZERO;
    for (int i = bytes.length - 1; i >= from; i--) {
      value = value.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
    }
    return value;
  }
}
