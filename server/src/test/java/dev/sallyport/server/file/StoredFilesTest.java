package dev.sallyport.server.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.server.fake.TestClock;
import dev.sallyport.server.store.Database;
import dev.sallyport.server.store.DatabaseStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store of files on a real disk: what is kept, for how long, and what is left after a crash. */
class StoredFilesTest {
  private static final FileLimits LIMITS = new FileLimits(32L << 20, 48L << 20, 0, Duration.ofDays(30));
  private static final byte[] LARGE = new byte[2 * Blocks.BYTES + 77];

  static {
    new Random(42).nextBytes(LARGE);
  }

  @TempDir
  private Path scratch = Path.of("");
  private final TestClock clock = new TestClock();
  @SuppressWarnings("NullAway.Init") // set before each test
  private DatabaseStore database;
  @SuppressWarnings("NullAway.Init")
  private StoredFiles files;

  @BeforeEach
  void open() throws IOException {
    database = DatabaseStore.open(new Database.Sqlite(scratch.resolve("db")));
    files = restarted(LIMITS);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private StoredFiles restarted(FileLimits limits) throws IOException {
    var opened = new StoredFiles(database, directory(), limits, clock);
    opened.open();
    return opened;
  }

  private Path directory() {
    return scratch.resolve("files");
  }

  private List<String> names() throws IOException {
    try (var names = Files.list(directory())) {
      return names.map(name -> name.getFileName().toString()).toList();
    }
  }

  private StoredFile keep(String name, byte[] content) throws IOException {
    try (PartFile part = files.part("key of " + name)) {
      part.append(content, 0, content.length);
      return files.finish(part, label(name), Optional.empty());
    }
  }

  private static StoredFiles.Label label(String name) {
    return new StoredFiles.Label(name, "olivia", Duration.ofDays(2), Optional.empty());
  }

  @Test
  void whatWasKeptIsReadInBlocksWhoseDigestsAreKnown() throws IOException {
    StoredFile file = keep("large", LARGE);
    assertThat(file.sha256()).isEqualTo(Bytes.of(InputDigest.hasher().digest(LARGE)));
    try (Content content = files.content(file.sha256())) {
      assertThat(content.bytes()).isEqualTo(LARGE.length);
      for (int i = 0; i < 3; i++) {
        byte[] block = Arrays.copyOfRange(LARGE, i * Blocks.BYTES, Math.min(LARGE.length, (i + 1) * Blocks.BYTES));
        assertThat(content.digest(i)).isEqualTo(InputDigest.of(Bytes.of(block)));
        try (var in = content.block(i)) {
          assertThat(in.readAllBytes()).isEqualTo(block);
        }
      }
    }
  }

  @Test
  @DisplayName("nobody but the server's account can read what is kept, and no name gets into a path (T14)")
  void filesArePrivate() throws IOException {
    keep("../../etc/passwd", LARGE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory()))).isEqualTo("rwx------");
    for (String name : names()) {
      assertThat(name).matches("[0-9a-f]{64}(\\.blocks)?");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory().resolve(name))))
          .isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "..", ".", "", " ", "a\nb", "a\u001b]0;x\u0007", "\\\\host\\share",
      "\ud800", "\u202egnp.exe", "/"})
  void aNameIsNobodysPathAndPlainText(String given) {
    assertThat(StoredFiles.name(given)).isNotEmpty().isNotIn(".", "..").doesNotContain("/", "\\", "\n", "\u001b",
        "\u202e", "\ud800");
  }

  @Test
  void oneContentLiesOnTheDiskOnceForAsLongAsAFileHasIt() throws IOException {
    StoredFile first = keep("first", LARGE);
    StoredFile second = keep("second", LARGE);
    assertThat(names()).hasSize(2);
    assertThat(files.used()).isEqualTo(LARGE.length);
    files.delete(first);
    try (Content content = files.content(second.sha256())) {
      assertThat(content.bytes()).isEqualTo(LARGE.length);
    }
    files.delete(second);
    assertThat(names()).isEmpty();
    assertThat(files.used()).isZero();
    assertThatThrownBy(() -> files.content(first.sha256())).isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("send it there again");
  }

  @Test
  void aFileIsMeantByItsNameItsIdOrItsContent() throws IOException {
    StoredFile old = keep("app.tar", new byte[]{1});
    clock.advance(Duration.ofSeconds(1));
    StoredFile fresh = keep("app.tar", new byte[]{2});
    assertThat(files.meant("app.tar")).contains(fresh);
    assertThat(files.meant(old.id())).contains(old);
    assertThat(files.meant(old.sha256().hex())).contains(old);
    assertThat(files.meant("app")).isEmpty();
    assertThat(files.meant("f".repeat(64))).isEmpty();
    assertThat(files.meant("F".repeat(64))).isEmpty();
  }

  @Test
  void whatBrokeOffGoesOnAfterItsLastWholeBlock() throws IOException {
    PartFile part = files.part("broken");
    part.append(LARGE, 0, Blocks.BYTES + 5);
    part.close();
    files = restarted(LIMITS);
    try (PartFile again = files.part("broken")) {
      assertThat(again.bytes()).isEqualTo(Blocks.BYTES);
      again.append(LARGE, Blocks.BYTES, LARGE.length - Blocks.BYTES);
      assertThat(files.finish(again, label("whole"), Optional.empty()).sha256())
          .isEqualTo(Bytes.of(InputDigest.hasher().digest(LARGE)));
    }
    assertThat(files.used()).isEqualTo(LARGE.length);
  }

  @Test
  @DisplayName("what the disk has lost or mixed up of a part is not gone on with")
  void aDamagedPartIsCutOff() throws IOException {
    PartFile part = files.part("damaged");
    part.append(LARGE, 0, LARGE.length);
    part.close();
    Path path = new Directory(directory()).part("damaged");
    byte[] lost = Files.readAllBytes(path);
    lost[Blocks.BYTES + 1] ^= 1;
    Files.write(path, lost);
    try (PartFile again = files.part("damaged")) {
      assertThat(again.bytes()).isEqualTo(Blocks.BYTES);
      again.discard();
    }
    assertThat(names()).isEmpty();
    assertThat(files.used()).isZero();
  }

  @Test
  void blocksThatComeInAnyOrderMakeTheSameFile() throws IOException {
    try (PartFile part = files.part("mixed")) {
      part.take(LARGE.length);
      part.put(Blocks.BYTES, Arrays.copyOfRange(LARGE, Blocks.BYTES, LARGE.length));
      part.put(0, Arrays.copyOf(LARGE, Blocks.BYTES));
      for (int i = 0; i < 3; i++) {
        part.absorb(Blocks.length(LARGE.length, i));
      }
      assertThat(files.finish(part, label("mixed"), Optional.empty()).sha256())
          .isEqualTo(Bytes.of(InputDigest.hasher().digest(LARGE)));
    }
  }

  @Test
  void aPartBelongsToOneAtATime() throws IOException {
    try (PartFile _ = files.part("one")) {
      assertThatThrownBy(() -> files.part("one")).isInstanceOf(PartBusyException.class);
    }
    files.part("one").discard();
  }

  @Test
  void limitsOfAFileAndOfAllFilesAreKept() throws IOException {
    try (PartFile part = files.part("too large")) {
      assertThatThrownBy(() -> part.take(LIMITS.fileBytes() + 1)).isInstanceOf(StoreFullException.class)
          .hasMessageContaining("32 MiB");
      part.take(LIMITS.fileBytes());
      try (PartFile other = files.part("no room")) {
        assertThatThrownBy(() -> other.take(20L << 20)).isInstanceOf(StoreFullException.class)
            .hasMessageContaining("48 MiB");
        other.discard();
      }
      part.discard();
    }
    assertThat(files.used()).isZero();
    files = restarted(new FileLimits(1L << 20, 1L << 20, Long.MAX_VALUE >> 1, Duration.ofDays(1)));
    try (PartFile part = files.part("small")) {
      assertThatThrownBy(() -> part.append(new byte[1], 0, 1)).isInstanceOf(StoreFullException.class)
          .hasMessageContaining("disk is nearly full");
      part.discard();
    }
  }

  @Test
  void whatIsNotWhatWasAnnouncedIsNotKept() throws IOException {
    try (PartFile part = files.part("other")) {
      part.append(LARGE, 0, 10);
      assertThatThrownBy(() -> files.finish(part, label("other"), Optional.of(Bytes.of(new byte[32]))))
          .isInstanceOf(DigestException.class);
      part.discard();
    }
    assertThat(names()).isEmpty();
    assertThat(files.newest(10)).isEmpty();
  }

  @Test
  @DisplayName("a content whose row was never written is deleted at the next start; foreign files are too, and what is known stays")
  void aCrashLeavesNothing() throws IOException {
    StoredFile known = keep("known", new byte[]{1});
    Files.write(directory().resolve("a".repeat(64)), new byte[100]);
    Files.write(directory().resolve("b".repeat(64) + ".blocks"), new byte[32]);
    files = restarted(LIMITS);
    assertThat(names()).doesNotContain("a".repeat(64));
    assertThat(files.used()).isEqualTo(1);
    files.content(known.sha256()).close();
  }

  @Test
  void filesGoWhenTheirTimeIsOverUnlessADirectiveNeedsThem() throws IOException {
    StoredFile needed = keep("needed", new byte[]{1});
    StoredFile old = keep("old", new byte[]{2});
    clock.advance(Duration.ofDays(1));
    StoredFile fresh = keep("fresh", new byte[]{3});
    order(needed.sha256(), 1);
    order(old.sha256(), 0);
    clock.advance(Duration.ofDays(1).plusMinutes(1));
    files.tidy();
    assertThat(files.newest(10)).extracting(StoredFile::id).containsExactlyInAnyOrder(needed.id(), fresh.id());
    assertThat(files.find(needed.id()).orElseThrow().expires()).isAfter(clock.instant());
    assertThat(names()).hasSize(4);
  }

  private void order(Bytes content, int openRuns) {
    database.write(sql -> sql
        .sql(
            """
                INSERT INTO directive (id, action, parameters, created, creator, creator_name, expires, time_limit, output_limit,
                  open_runs, sequence) VALUES (?, 'distribute-file', ?, 0, 'a', 'a', 0, 0, 0, ?, ?)""")
        .params("directive-" + openRuns, "{\"file\":\"" + content.hex() + "\"}", openRuns, openRuns + 1).update());
  }

  @Test
  void beginningsOfFilesGoWhenNobodyGoesOnWithThem() throws IOException {
    PartFile part = files.part("left");
    part.append(LARGE, 0, LARGE.length);
    part.close();
    files.tidy();
    assertThat(names()).hasSize(2);
    clock.advance(Duration.between(clock.instant(), java.time.Instant.now()).plus(FileLimits.KEEP_PARTS)
        .plusMinutes(1));
    files.tidy();
    assertThat(names()).isEmpty();
    assertThat(files.used()).isZero();
  }

  @ParameterizedTest
  @DisplayName("T8 a name in a header is one quoted word, whatever it holds")
  @ValueSource(strings = {"plain.txt", "two words", "a\"b", "a\r\nSet-Cookie: x=y", "../../up", ".hidden", "é.txt",
      "日本語", "a;b", "%41", "\u202egnp", ""})
  void headersHoldNames(String name) {
    String header = Disposition.attachment(name);
    assertThat(header).matches("attachment; filename=\"[A-Za-z0-9._-]*\"; filename\\*=UTF-8''[A-Za-z0-9._%-]*");
    assertThat(header).doesNotContain("\"..").doesNotContain("\n");
    String percent = header.substring(header.indexOf("''") + 2);
    assertThat(java.net.URLDecoder.decode(percent, UTF_8)).isEqualTo(name);
  }
}
