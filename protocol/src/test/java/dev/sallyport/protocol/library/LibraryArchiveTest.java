package dev.sallyport.protocol.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strict reader of jars, against jars of all kinds. */
final class LibraryArchiveTest {
  private static LibraryArchive open(Bytes zip) throws IOException {
    return LibraryArchive.open(ArchiveSource.of(zip));
  }

  @Test
  void readsWhatTheJdkWrites() throws IOException {
    LibraryArchive archive = open(Jars.jar("1.0.0"));
    assertThat(archive.names()).containsExactly(LibraryManifest.ENTRY, "example/Greeter.class");
    assertThat(archive.manifest()).isEqualTo(Jars.manifest("1.0.0"));
    assertThat(archive.read("example/Greeter.class")).contains(new byte[3000]);
    assertThat(archive.read("other")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/etc/passwd", "a/../../b", "a//b", "./a", "C:/a", "a\\..\\b", "a/\u0000b",
      "a/.."})
  @DisplayName("T6 an entry whose name leads out of the archive is refused")
  void namesThatLeadOutAreRefused(String name) throws IOException {
    Bytes zip = Jars.zip(Map.of(name, new byte[1]));
    assertThatThrownBy(() -> open(zip)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws IOException {
    Bytes zip = Jars.zip(new LinkedHashMap<>(Map.of("aaaa", new byte[5], "bbbb", new byte[5])));
    byte[] bytes = new String(zip.toArray(), StandardCharsets.ISO_8859_1).replace("bbbb", "aaaa")
        .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> open(Bytes.of(bytes))).isInstanceOf(ProtocolException.class)
        .hasMessageContaining("two entries of one name");
  }

  @Test
  @DisplayName("T6 a bomb is refused by what it states, without being inflated")
  void aBombIsRefused() throws IOException {
    var entries = new LinkedHashMap<String, byte[]>();
    entries.put("one", new byte[LibraryArchive.MAX_ENTRY_BYTES + 1]);
    Bytes large = Jars.zip(entries);
    assertThatThrownBy(() -> open(large)).isInstanceOf(ProtocolException.class).hasMessageContaining("too large");
    entries.clear();
    byte[] zeros = new byte[LibraryArchive.MAX_ENTRY_BYTES];
    for (int i = 0; i < 9; i++) {
      entries.put("part" + i, zeros);
    }
    Bytes many = Jars.zip(entries);
    assertThatThrownBy(() -> open(many)).isInstanceOf(ProtocolException.class).hasMessageContaining("too large");
  }

  @Test
  @DisplayName("T6 a bomb that lies about its size is stopped at the size it states")
  void aLyingBombIsStopped() throws IOException {
    byte[] zip = Jars.zip(Map.of("bomb", new byte[8 << 20])).toArray();
    int size = find(zip, 0x02014b50) + 24;
    Arrays.fill(zip, size, size + 4, (byte) 0);
    zip[size] = 100;
    LibraryArchive archive = open(Bytes.of(zip));
    assertThatThrownBy(() -> archive.read("bomb")).isInstanceOf(ProtocolException.class)
        .hasMessageContaining("longer than it says");
  }

  @Test
  void entriesThatShareBytesAreRefused() throws IOException {
    var entries = new LinkedHashMap<String, byte[]>();
    entries.put("aaaa", new byte[500]);
    entries.put("bbbb", new byte[500]);
    byte[] zip = Jars.zip(entries).toArray();
    int second = find(zip, 0x02014b50) + 46 + 4 + 42;
    Arrays.fill(zip, second, second + 4, (byte) 0);
    assertThatThrownBy(() -> open(Bytes.of(zip))).isInstanceOf(ProtocolException.class).hasMessageContaining("overlap");
  }

  @Test
  void whatStandsBeforeOrBehindIsRefused() throws IOException {
    byte[] zip = Jars.jar("1.0.0").toArray();
    byte[] behind = Arrays.copyOf(zip, zip.length + 1);
    assertThatThrownBy(() -> open(Bytes.of(behind))).isInstanceOf(ProtocolException.class);
    byte[] before = new byte[zip.length + 1];
    System.arraycopy(zip, 0, before, 1, zip.length);
    assertThatThrownBy(() -> open(Bytes.of(before))).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> open(Bytes.EMPTY)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aJarWithoutAManifestIsNoLibrary() throws IOException {
    LibraryArchive archive = open(Jars.zip(Map.of("a", new byte[1])));
    assertThatThrownBy(archive::manifest).isInstanceOf(ProtocolException.class).hasMessageContaining("no library");
  }

  @Test
  void anyDamageIsFoundOrHarmlessAndNothingElseIsThrown() throws IOException {
    byte[] zip = Jars.jar("1.0.0").toArray();
    var random = new Random(7);
    for (int i = 0; i < 4000; i++) {
      byte[] hurt = zip.clone();
      for (int j = 0; j <= i % 3; j++) {
        hurt[random.nextInt(hurt.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(() -> readAll(Bytes.of(hurt))).as("round %d", i).doesNotThrowAnyException();
    }
  }

  private static void readAll(Bytes zip) throws IOException {
    try {
      LibraryArchive archive = open(zip);
      for (String name : archive.names()) {
        assertThat(archive.read(name)).isPresent();
      }
      assertThat(archive.manifest().functions()).isNotEmpty();
    } catch (ProtocolException | EOFException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private static int find(byte[] bytes, int signature) {
    for (int at = 0; at < bytes.length - 4; at++) {
      if (ArchiveDirectory.int32(bytes, at) == signature) {
        return at;
      }
    }
    throw new AssertionError("there is no such record");
  }
}
