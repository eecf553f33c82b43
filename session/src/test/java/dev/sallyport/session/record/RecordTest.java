package dev.sallyport.session.record;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.RecordMessage;
import dev.sallyport.protocol.message.TransportMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] CID = HEX.parseHex("37c3d2f10dc7a11b");

  /** A key of each test's own: the JDK's shared ciphers refuse to encrypt twice in a row with one key and nonce. */
  private final byte[] key = freshKey();
  private final RecordSealer sealer = new RecordSealer(key, CID);
  private final RecordOpener opener = new RecordOpener(key, CID);

  @Test
  void theKnownAnswerIsReproduced() {
    byte[] known = HEX.parseHex("78bdc9ee455b476499da833312b22814b79a9922fc123393e730096f80293ef5");
    byte[] message = seal(new RecordSealer(known, CID), HEX.parseHex("0100000000000000"));

    assertThat(HEX.formatHex(message)).isEqualTo("10" + "37c3d2f10dc7a11b" + "0000000000000000"
        + "9f615477fd6b771d03ab45b0b96664a16ff117db5aecec06");
    assertThat(new RecordOpener(known, CID).open(message)).isTrue();
    assertThat(plaintext(message)).isEqualTo(HEX.parseHex("0100000000000000"));
  }

  @Test
  void recordsOfEverySizeComeBackInOrder() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 300; i++) {
      byte[] plaintext = new byte[i < 50 ? 8 + i : random.nextInt(8, RecordMessage.MAX_PLAINTEXT_BYTES + 1)];
      random.nextBytes(plaintext);
      byte[] message = seal(sealer, plaintext);
      assertThat(message).hasSizeLessThanOrEqualTo(TransportMessage.MAX_MESSAGE_BYTES);
      assertThat(opener.open(message)).isTrue();
      assertThat(plaintext(message)).isEqualTo(plaintext);
    }
    assertThat(opener.expected()).isEqualTo(300);
  }

  @Test
  @DisplayName("T16 T17 any single flipped bit is noticed, and noticing it changes nothing")
  void everyFlippedBitIsNoticed() {
    byte[] message = seal(sealer, new byte[40]);
    int rejected = 0;
    for (int bit = 0; bit < 8 * message.length; bit++) {
      byte[] changed = message.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      byte[] before = changed.clone();
      assertThatThrownBy(() -> opener.open(changed)).as("bit %d", bit).isInstanceOf(ProtocolException.class);
      assertThat(changed).as("bit %d", bit).isEqualTo(before);
      rejected++;
    }
    assertThat(rejected).isEqualTo(8 * 73);
    assertThat(opener.expected()).isZero();
    assertThat(opener.open(message)).isTrue();
  }

  @Test
  @DisplayName("T16 a record cut short or grown is refused")
  void aRecordCutShortOrGrownIsRefused() {
    byte[] message = seal(sealer, new byte[40]);
    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThatThrownBy(() -> opener.open(cut)).as("length %d", length).isInstanceOf(ProtocolException.class);
    }
    assertThatThrownBy(() -> opener.open(Arrays.copyOf(message, message.length + 1))).isInstanceOf(
        ProtocolException.class);
    assertThatThrownBy(() -> opener.open(new byte[TransportMessage.MAX_MESSAGE_BYTES + 1])).isInstanceOf(
        ProtocolException.class);
    assertThat(opener.open(message)).isTrue();
  }

  @Test
  @DisplayName("T16 a repeated record is dropped")
  void aRepeatedRecordIsDropped() {
    byte[] first = seal(sealer, new byte[8]);
    byte[] copy = first.clone();
    byte[] second = seal(sealer, new byte[8]);

    assertThat(opener.open(first)).isTrue();
    assertThat(opener.open(copy)).isFalse();
    assertThat(opener.open(second)).isTrue();
    assertThat(opener.expected()).isEqualTo(2);
  }

  @Test
  @DisplayName("T16 CVE-2023-48795 a session whose first records were dropped is refused (Terrapin)")
  void droppedFirstRecordsAreNoticed() {
    seal(sealer, new byte[8]);
    byte[] second = seal(sealer, new byte[8]);

    assertThatThrownBy(() -> opener.open(second)).isInstanceOf(ProtocolException.class).hasMessage(
        "record 1 came where 0 was expected");
    assertThat(opener.rejected()).isEqualTo(1);
  }

  @Test
  void aRecordCannotBeRenumberedToFillAGap() {
    seal(sealer, new byte[8]);
    byte[] second = seal(sealer, new byte[8]);
    second[RecordMessage.SEQUENCE_OFFSET + 7] = 0;

    assertThatThrownBy(() -> opener.open(second)).isInstanceOf(ProtocolException.class).hasMessageContaining(
        "not authentic");
  }

  @Test
  void aRecordReflectedToItsSenderIsRefused() {
    RecordOpener ofTheSender = new RecordOpener(freshKey(), CID);
    byte[] own = seal(sealer, new byte[8]);

    assertThatThrownBy(() -> ofTheSender.open(own)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aRecordOfAnotherSessionIsRefused() {
    byte[] foreign = seal(new RecordSealer(key, new byte[8]), new byte[8]);

    assertThatThrownBy(() -> opener.open(foreign)).isInstanceOf(ProtocolException.class).hasMessageContaining(
        "another session");
  }

  @Test
  void rekeyIsNoiseRekey() throws Exception {
    Cipher reference = Cipher.getInstance("ChaCha20-Poly1305");
    reference.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(HEX.parseHex(
        "00000000ffffffffffffffff")));
    byte[] next = Arrays.copyOf(reference.doFinal(new byte[32]), 32);
    RecordOpener underNext = new RecordOpener(new RecordKey(next), CID, 1);

    seal(sealer, new byte[8]);
    sealer.rekey();
    byte[] message = seal(sealer, HEX.parseHex("0102030405060708"));

    assertThat(underNext.open(message)).isTrue();
    assertThat(plaintext(message)).isEqualTo(HEX.parseHex("0102030405060708"));
  }

  @Test
  void bothEndsRekeyManyTimesAndNumbersGoOn() {
    for (int i = 0; i < 1_000; i++) {
      byte[] message = seal(sealer, new byte[16]);
      assertThat(opener.open(message)).isTrue();
      if (i % 3 == 0) {
        sealer.rekey();
        assertThat(sealer.recordsUnderKey()).isZero();
        opener.rekey();
      }
    }
    assertThat(sealer.nextSequence()).isEqualTo(1_000);
    assertThat(opener.expected()).isEqualTo(1_000);
  }

  @Test
  void aRecordUnderTheKeyBeforeARekeyIsRefused() {
    byte[] old = seal(sealer, new byte[8]);
    opener.rekey();

    assertThatThrownBy(() -> opener.open(old)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void numbersEndLongBeforeNoncesDo() {
    RecordSealer worn = new RecordSealer(new RecordKey(key), CID, RecordSealer.MAX_SEQUENCE - 1);
    RecordOpener patient = new RecordOpener(new RecordKey(key), CID, RecordSealer.MAX_SEQUENCE - 1);
    byte[] last = seal(worn, new byte[8]);

    assertThat(patient.open(last)).isTrue();
    assertThatThrownBy(() -> seal(worn, new byte[8])).isInstanceOf(IllegalStateException.class).hasMessageContaining(
        "worn out");
    byte[] beyond = last.clone();
    ByteBuffer.wrap(beyond).putLong(RecordMessage.SEQUENCE_OFFSET, RecordSealer.MAX_SEQUENCE);
    assertThatThrownBy(() -> patient.open(beyond)).isInstanceOf(ProtocolException.class);
    byte[] huge = last.clone();
    ByteBuffer.wrap(huge).putLong(RecordMessage.SEQUENCE_OFFSET, -1);
    assertThatThrownBy(() -> patient.open(huge)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void nothingIsSealedOrOpenedOnceTheKeysAreWiped() {
    byte[] message = seal(sealer, new byte[8]);
    sealer.close();
    opener.close();

    assertThatThrownBy(() -> seal(sealer, new byte[8])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> opener.open(message)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keysAreNeverShown() {
    RecordKey secret = new RecordKey(key);

    assertThat(secret.toString()).isEqualTo("record key");
    secret.wipe();
    assertThat(secret.getEncoded()).containsOnly(0);
  }

  @Test
  void manyThreadsShareTheFewCiphers() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int thread = 0; thread < 64; thread++) {
        byte[] own = freshKey();
        results.add(threads.submit(() -> roundTrips(new RecordSealer(own, CID), new RecordOpener(own, CID))));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isEqualTo(200);
      }
    }
  }

  private static byte[] freshKey() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static int roundTrips(RecordSealer to, RecordOpener from) {
    int opened = 0;
    for (int i = 0; i < 200; i++) {
      byte[] message = seal(to, new byte[64]);
      opened += from.open(message) ? 1 : 0;
    }
    return opened;
  }

  private static byte[] seal(RecordSealer sealer, byte[] plaintext) {
    byte[] message = RecordSealer.newMessage(plaintext.length);
    System.arraycopy(plaintext, 0, message, RecordMessage.HEADER_BYTES, plaintext.length);
    sealer.seal(message);
    return message;
  }

  private static byte[] plaintext(byte[] message) {
    ByteBuffer view = RecordOpener.plaintext(message);
    byte[] plaintext = new byte[view.remaining()];
    view.get(plaintext);
    return plaintext;
  }
}
