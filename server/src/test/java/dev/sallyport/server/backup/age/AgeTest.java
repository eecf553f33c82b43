package dev.sallyport.server.backup.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.sallyport.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is encrypted here is opened by the tool of the format's author, and the other way round; and nothing that was changed is opened at all. */
final class AgeTest {
  private static final byte[] PRIVATE = new byte[AgeKeys.X25519_BYTES];
  private static final byte[] OTHER = new byte[AgeKeys.X25519_BYTES];

  static {
    new Random(7).nextBytes(PRIVATE);
    new Random(8).nextBytes(OTHER);
  }

  @TempDir
  Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
  void everyLengthComesBackAsItWas(int length) throws Exception {
    byte[] plain = bytes(length);

    assertThat(open(sealed(plain, recipient(PRIVATE)), new Identity.PrivateKey(PRIVATE))).isEqualTo(plain);
  }

  @Test
  void eachOfTwoRecipientsOpensItAndNobodyElse() throws Exception {
    byte[] sealed = sealed(bytes(100), recipient(PRIVATE), recipient(OTHER));

    assertThat(open(sealed, new Identity.PrivateKey(PRIVATE))).isEqualTo(bytes(100));
    assertThat(open(sealed, new Identity.PrivateKey(OTHER))).isEqualTo(bytes(100));
    assertThatThrownBy(() -> open(sealed, new Identity.PrivateKey(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
        14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32}))).isInstanceOf(AgeException.class)
        .hasMessageContaining("private half of none of them");
  }

  @Test
  void aPassphraseOpensItAndAnotherDoesNot() throws Exception {
    byte[] sealed = sealed(bytes(70_000), new Recipient.Passphrase(text("correct horse battery")));

    assertThat(open(sealed, new Identity.Passphrase(text("correct horse battery")))).isEqualTo(bytes(70_000));
    assertThatThrownBy(() -> open(sealed, new Identity.Passphrase(text("correct horse batterz"))))
        .isInstanceOf(AgeException.class).hasMessageContaining("passphrase is wrong");
  }

  @Test
  void noBitCanBeChanged() throws Exception {
    byte[] sealed = sealed(bytes(300), recipient(PRIVATE));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> open(changed, new Identity.PrivateKey(PRIVATE))).as("byte %d", i)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void nothingCanBeCutOffAddedOrMoved() throws Exception {
    byte[] sealed = sealed(bytes(3 * Chunks.CHUNK_BYTES), recipient(PRIVATE));
    int piece = Chunks.CHUNK_BYTES + AgeKeys.TAG_BYTES;
    int payload = sealed.length - 3 * piece;
    var identity = new Identity.PrivateKey(PRIVATE);

    for (int cut : List.of(1, AgeKeys.TAG_BYTES, piece - 1, piece, piece + 1, 2 * piece, 3 * piece,
        3 * piece + 1, sealed.length - 5)) {
      byte[] shorter = Arrays.copyOf(sealed, sealed.length - cut);
      assertThatThrownBy(() -> open(shorter, identity)).as("%d bytes are missing", cut).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> open(Arrays.copyOf(sealed, sealed.length + 1), identity))
        .isInstanceOf(AgeException.class);
    byte[] moved = sealed.clone();
    System.arraycopy(sealed, payload, moved, payload + piece, piece);
    System.arraycopy(sealed, payload + piece, moved, payload, piece);
    assertThatThrownBy(() -> open(moved, identity)).isInstanceOf(AgeException.class);
  }

  @Test
  void whatWasNotClosedIsNoFile() throws Exception {
    var to = new ByteArrayOutputStream();
    var output = new AgeOutput(to, List.of(recipient(PRIVATE)), new SecureRandom());
    output.write(bytes(2 * Chunks.CHUNK_BYTES));
    output.abandon();

    assertThatThrownBy(() -> open(to.toByteArray(), new Identity.PrivateKey(PRIVATE))).isInstanceOf(AgeException.class);
  }

  @Test
  void aFileOfAnythingElseIsRefusedBeforeMuchOfItIsRead() {
    var identity = new Identity.PrivateKey(PRIVATE);

    assertThatThrownBy(() -> open(new byte[0], identity)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> open(text("PK\u0003\u0004"), identity)).isInstanceOf(AgeException.class);
    assertThatThrownBy(() -> open("x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII), identity))
        .isInstanceOf(AgeException.class);
  }

  @Test
  void aPassphraseThatWouldCostTooMuchMemoryIsRefused() {
    String header = "age-encryption.org/v1\n-> scrypt " + "A".repeat(22) + " 30\n" + "A".repeat(43) + "\n--- "
        + "A".repeat(43) + "\n";

    assertThatThrownBy(() -> open(text(header), new Identity.Passphrase(text("x")))).isInstanceOf(AgeException.class)
        .hasMessageContaining("work factor 30");
  }

  @Test
  void aMistypedKeyIsFoundByItsChecksum() throws Exception {
    String key = recipient(PRIVATE).text();

    assertThat(Recipient.PublicKey.parse(key)).isEqualTo(recipient(PRIVATE));
    String mistyped = key.substring(0, 20) + (key.charAt(20) == 'q' ? 'p' : 'q') + key.substring(21);
    assertThatThrownBy(() -> Recipient.PublicKey.parse(mistyped)).isInstanceOf(AgeException.class)
        .hasMessageContaining("mistyped");
    assertThatThrownBy(() -> Recipient.PublicKey.parse("ssh-ed25519 AAAA")).isInstanceOf(AgeException.class);
    assertThatThrownBy(() -> Identity.PrivateKey.parse(key)).isInstanceOf(AgeException.class)
        .hasMessageContaining("AGE-SECRET-KEY-1").hasMessageNotContaining(key);
  }

  @Test
  void theToolOpensWhatIsEncryptedHere() throws Exception {
    Path identity = keygen();
    Path file = Files.write(directory.resolve("sealed.age"), sealed(bytes(200_000), recipientOf(identity)));

    tool("age", "-d", "-i", identity.toString(), "-o", directory.resolve("plain").toString(), file.toString());

    assertThat(Files.readAllBytes(directory.resolve("plain"))).isEqualTo(bytes(200_000));
  }

  @Test
  void whatTheToolEncryptsIsOpenedHere() throws Exception {
    Path identity = keygen();
    Path plain = Files.write(directory.resolve("plain"), bytes(131_072));
    Path sealed = directory.resolve("sealed.age");

    tool("age", "-r", recipientOf(identity).text(), "-o", sealed.toString(), plain.toString());

    Identity key = Identity.PrivateKey.parse(lineOf(identity, "AGE-SECRET-KEY-1"));
    assertThat(open(Files.readAllBytes(sealed), key)).isEqualTo(bytes(131_072));
  }

  private Path keygen() throws IOException, InterruptedException {
    Path file = directory.resolve("key.txt");
    tool("age-keygen", "-o", file.toString());
    return file;
  }

  private static Recipient.PublicKey recipientOf(Path identity) throws IOException {
    return Recipient.PublicKey.parse(lineOf(identity, "# public key: ").substring("# public key: ".length()));
  }

  private static String lineOf(Path file, String beginning) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow();
  }

  private void tool(String... command) throws IOException, InterruptedException {
    Path said = directory.resolve("said");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor()).as("%s says: %s", command[0], Files.readString(said)).isZero();
  }

  private static Recipient.PublicKey recipient(byte[] privateKey) {
    return new Recipient.PublicKey(Bytes.of(AgeKeys.publicKey(privateKey)));
  }

  private static byte[] sealed(byte[] plain, Recipient... recipients) throws IOException {
    var to = new ByteArrayOutputStream();
    try (var output = new AgeOutput(to, List.of(recipients), new SecureRandom())) {
      output.write(plain);
    }
    return to.toByteArray();
  }

  private static byte[] open(byte[] sealed, Identity identity) throws IOException {
    try (var input = new AgeInput(new ByteArrayInputStream(sealed), identity)) {
      return input.readAllBytes();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
