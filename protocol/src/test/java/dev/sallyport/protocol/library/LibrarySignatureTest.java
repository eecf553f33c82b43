package dev.sallyport.protocol.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is signed about a library, and by whom. */
final class LibrarySignatureTest {
  private KeyPair key = newKey();
  private Bytes jar = Bytes.EMPTY;
  private Bytes envelope = Bytes.EMPTY;

  private static KeyPair newKey() {
    try {
      return Jars.key();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void sign() throws Exception {
    jar = Jars.jar("1.2.0");
    envelope = Bytes.of(LibraryStatement.of(Jars.manifest("1.2.0"), ArchiveSource.of(jar)).sign(key).encode());
  }

  private LibraryTrust trust(Map<String, LibraryVersion> floors, List<Bytes> withdrawn) {
    return new LibraryTrust(1, List.of(Jars.raw(newKey()), Jars.raw(key)), floors, withdrawn);
  }

  @Test
  void aTrustedKeysSignatureAdmitsTheLibraryAndItsJar() throws Exception {
    LibraryStatement statement = trust(Map.of(), List.of()).admit(envelope);
    statement.requireSame(ArchiveSource.of(jar));
    assertThat(statement.requireSame(LibraryArchive.open(ArchiveSource.of(jar)).manifest()).id()).isEqualTo("greeter");
    assertThat(LibraryStatement.signerOf(envelope, List.of(Jars.raw(key)))).isEqualTo(Jars.raw(key));
  }

  @Test
  @DisplayName("T17 a jar with any one bit flipped is refused before it is parsed")
  void anyFlippedBitOfTheJarIsRefused() {
    LibraryStatement statement = trust(Map.of(), List.of()).admit(envelope);
    byte[] bytes = jar.toArray();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      Bytes flipped = Bytes.of(bytes);
      assertThatThrownBy(() -> statement.requireSame(ArchiveSource.of(flipped))).as("bit %d", bit)
          .isInstanceOf(ProtocolException.class).hasMessageContaining("not the one that was signed");
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  @Test
  @DisplayName("T17 a signed statement with any one bit flipped is refused, or says exactly what was signed")
  void anyFlippedBitOfTheSignatureIsRefusedOrHarmless() {
    LibraryTrust trust = trust(Map.of(), List.of());
    LibraryStatement signed = trust.admit(envelope);
    byte[] bytes = envelope.toArray();
    int refused = 0;
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        // Key ids and JSON's white space are not signed and decide nothing.
        assertThat(trust.admit(Bytes.of(bytes))).isEqualTo(signed);
      } catch (ProtocolException e) {
        refused++;
      }
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
    assertThat(refused).isGreaterThan(bytes.length * 4);
  }

  @Test
  @DisplayName("T17 wrong key, no key, missing signature, other payload type: refused")
  void whatNobodyTrustedSignedIsRefused() {
    assertThatThrownBy(() -> new LibraryTrust(1, List.of(Jars.raw(newKey())), Map.of(), List.of()).admit(envelope))
        .isInstanceOf(ProtocolException.class).hasMessageContaining("not signed by a key that is trusted");
    assertThatThrownBy(() -> LibraryTrust.NONE.admit(envelope)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> trust(Map.of(), List.of()).admit(Bytes.EMPTY)).isInstanceOf(ProtocolException.class);
    Bytes other = Bytes.of(trust(Map.of(), List.of()).sign(key).encode());
    assertThatThrownBy(() -> trust(Map.of(), List.of()).admit(other)).isInstanceOf(ProtocolException.class);
  }

  @Test
  @DisplayName("T17 a version older than the floor, or withdrawn, is refused however well it is signed")
  void oldAndWithdrawnVersionsAreRefused() {
    assertThatThrownBy(() -> trust(Map.of("greeter", LibraryVersion.of("1.10.0")), List.of()).admit(envelope))
        .isInstanceOf(ProtocolException.class).hasMessageContaining("older than 1.10.0");
    Bytes sha256 = trust(Map.of("greeter", LibraryVersion.of("1.2.0")), List.of()).admit(envelope).sha256();
    assertThatThrownBy(() -> trust(Map.of(), List.of(sha256)).admit(envelope)).isInstanceOf(ProtocolException.class)
        .hasMessageContaining("withdrawn");
  }

  @Test
  void trustIsBelievedOnlyFromTheInstallerKey() {
    KeyPair installer = newKey();
    LibraryTrust trust = trust(Map.of("greeter", LibraryVersion.of("1.0.0")), List.of(Bytes.of(new byte[32])));
    Bytes signed = Bytes.of(trust.sign(installer).encode());
    assertThat(LibraryTrust.verified(signed, Jars.raw(installer))).isEqualTo(trust);
    assertThatThrownBy(() -> LibraryTrust.verified(signed, Jars.raw(key))).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> LibraryTrust.verified(envelope, Jars.raw(key))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aManifestThatSaysOtherwiseThanTheSignatureIsRefused() {
    LibraryStatement statement = trust(Map.of(), List.of()).admit(envelope);
    assertThatThrownBy(() -> statement.requireSame(Jars.manifest("1.2.1"))).isInstanceOf(ProtocolException.class);
  }
}
