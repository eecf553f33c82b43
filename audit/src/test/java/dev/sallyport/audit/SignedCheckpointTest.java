package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.Ed25519;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedCheckpointTest {
  private static final Checkpoint CHECKPOINT = new Checkpoint(Entries.KEY.name(), 1043, Bytes.of(TreeHash.empty()));

  private static String signed() {
    return SignedCheckpoint.sign(CHECKPOINT, Entries.KEY, Entries.PAIR.getPrivate()).note();
  }

  @Test
  void whatWasSignedIsReadBack() {
    assertThat(SignedCheckpoint.open(signed(), Entries.KEY).checkpoint()).isEqualTo(CHECKPOINT);
    assertThat(signed())
        .startsWith("sallyport/test/audit\n1043\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u2014 ");
    assertThat(NoteKey.parse(" " + Entries.KEY.text() + "\n")).isEqualTo(Entries.KEY);
  }

  @Test
  @DisplayName("keys and notes of Go's golang.org/x/mod/sumdb/note are read")
  void keysAndNotesOfOthersAreRead() {
    assertThat(NoteKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").name())
        .isEqualTo("sum.golang.org");
    NoteKey peter = NoteKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    String note = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
        """;
    assertThatThrownBy(() -> SignedCheckpoint.open(note, peter)).as("its signature is right, it is no checkpoint")
        .hasMessageContaining("expected a name, a size and a root");
  }

  @Test
  void aSignatureOfAnotherWitnessBesideOursDoesNoHarm() {
    assertThat(SignedCheckpoint.open(signed() + "\u2014 witness.example AAAAAAAA\n", Entries.KEY).checkpoint())
        .isEqualTo(CHECKPOINT);
  }

  @Test
  void everyAlteredByteIsNoticed() {
    byte[] note = signed().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < note.length; i++) {
      byte[] altered = note.clone();
      altered[i] ^= 1;
      String text = new String(altered, StandardCharsets.ISO_8859_1);
      int at = i;
      assertThatThrownBy(() -> SignedCheckpoint.open(altered, Entries.KEY)).as("byte %d: %s", at, text)
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void anotherKeyAndAnotherLogAreRefused() {
    var other = Entries.pair();
    var stranger = new NoteKey(Entries.KEY.name(), Ed25519.raw(other.getPublic()));
    assertThatThrownBy(() -> SignedCheckpoint.open(signed(), stranger)).isInstanceOf(ProtocolException.class);
    var elsewhere = new Checkpoint("sallyport/other/audit", 1, CHECKPOINT.root());
    String misnamed = SignedCheckpoint.sign(elsewhere, Entries.KEY, Entries.PAIR.getPrivate()).note();
    assertThatThrownBy(() -> SignedCheckpoint.open(misnamed, Entries.KEY)).hasMessageContaining("another log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "a\n1\nAAAA\n\n", "a\n1\n", "a\nx\ny\n\nz\n", "\u2014 a b\n\n\u2014 a b\n"})
  void whatIsNoNoteIsRefused(String text) {
    assertThatThrownBy(() -> SignedCheckpoint.open(text, Entries.KEY)).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a+b+c", "a b+00000000+AAAA",
      "+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
      "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
      "sum.golang.org+033de0ae+As4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
      "sum.golang.org+033de0ae+Ac4zctda0e5eza"})
  void whatIsNoVerifierKeyIsRefused(String text) {
    assertThatThrownBy(() -> NoteKey.parse(text)).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "01", "", "99999999999999999999", "9999999999999999999", "1e3", "+1", "1 "})
  void aSizeIsAPlainNumber(String size) {
    String root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    assertThatThrownBy(() -> Checkpoint.parse("log\n" + size + "\n" + root + "\n"))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void randomBytesAreRefusedAndNothingElseHappens() {
    var random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      assertThatThrownBy(() -> SignedCheckpoint.open(bytes, Entries.KEY)).isInstanceOf(ProtocolException.class);
    }
    assertThatThrownBy(() -> SignedCheckpoint.open(new byte[SignedCheckpoint.MAX_BYTES + 1], Entries.KEY))
        .isInstanceOf(ProtocolException.class);
  }
}
