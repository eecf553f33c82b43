package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.sallyport.protocol.Bytes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log on a disk: written, interrupted, meddled with. */
final class LogTest {
  private static final int SIZE = 270;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path home;

  private static LogWriter open(Path log) throws IOException {
    return LogWriter.open(log, Entries.KEY, Entries.PAIR.getPrivate());
  }

  private Path written(int count) throws IOException {
    Path log = Files.createDirectory(home.resolve("log-" + count));
    try (LogWriter writer = open(log)) {
      for (byte[] entry : Entries.upTo(count)) {
        writer.append(entry);
      }
    }
    return log;
  }

  private static Verdict verify(Path log, Checkpoint... kept) throws IOException {
    return new LogVerifier(new LogFiles(log), Entries.KEY, List.of(kept)).verify();
  }

  private static Bytes root(int count) {
    return Entries.naiveRootOf(Entries.upTo(count).stream().map(TreeHash::leaf).toList());
  }

  @Test
  void aLogOfEverySizeAroundTilesIsSoundAndReadsBack() throws IOException {
    for (int size : new int[]{0, 1, 255, 256, 257, 512, 600}) {
      Path log = written(size);
      assertThat(verify(log)).isEqualTo(new Verdict.Sound(new Checkpoint(Entries.KEY.name(), size, root(size)), 0));
      try (LogWriter again = open(log)) {
        assertThat(again.size()).isEqualTo(size);
        assertThat(again.wasTorn()).isFalse();
        for (int i = 0; i < size; i++) {
          assertThat(again.entry(i)).isEqualTo(Entries.entry(i));
        }
      }
    }
  }

  @Test
  void aLogThatIsContinuedOverAndOverIsTheLogWrittenAtOnce() throws IOException {
    Path log = Files.createDirectory(home.resolve("log"));
    Checkpoint first = Checkpoint.start(Entries.KEY.name());
    for (int from = 0; from < 530; from += 53) {
      try (LogWriter writer = open(log)) {
        for (int i = from; i < from + 53; i++) {
          writer.append(Entries.entry(i));
          if (i % 20 == 0) {
            Checkpoint now = writer.checkpoint().checkpoint();
            assertThat(Proofs.extend(first.size(), first.root(), now.size(), now.root(),
                writer.tree(now.size()).consistency(first.size()))).isTrue();
            first = now;
          }
        }
      }
    }
    assertThat(verify(log, first)).isEqualTo(new Verdict.Sound(new Checkpoint(Entries.KEY.name(), 530, root(530)), 0));
    assertThat(partials(log)).as("what older checkpoints needed is gone").hasSize(3);
  }

  @Test
  @DisplayName("a crash at any byte of the newest entry costs that entry alone, and it was never acknowledged")
  void aTornEntryIsCutAway() throws IOException {
    Path log = written(10);
    byte[] next = EntryBundle.write(List.of(Entries.entry(10)));
    byte[] before = Files.readAllBytes(log.resolve("tail"));
    for (int length = 2; length < next.length; length += 7) {
      Files.write(log.resolve("tail"), before);
      Files.write(log.resolve("tail"), Arrays.copyOf(next, length), StandardOpenOption.APPEND);
      Files.write(log.resolve("tail"), new byte[500], StandardOpenOption.APPEND);
      LogWriter writer = open(log);
      assertThat(writer.wasTorn()).isTrue();
      assertThat(writer.size()).isEqualTo(10);
      assertThat(verify(log)).isInstanceOf(Verdict.Sound.class);
    }
  }

  @Test
  void entriesThatWereSyncedButNotYetSignedSurvive() throws IOException {
    Path log = written(255);
    LogWriter crashed = open(log);
    crashed.append(Entries.entry(255));
    crashed.append(Entries.entry(256));
    crashed.sync();
    assertThat(verify(log)).isEqualTo(new Verdict.Sound(new Checkpoint(Entries.KEY.name(), 255, root(255)), 2));
    try (LogWriter writer = open(log)) {
      assertThat(writer.size()).isEqualTo(257);
    }
    assertThat(verify(log)).isEqualTo(new Verdict.Sound(new Checkpoint(Entries.KEY.name(), 257, root(257)), 0));
  }

  @Test
  void aTileOfHashesThatACrashLeftOutIsMadeAnew() throws IOException {
    Path log = written(256);
    Files.delete(log.resolve("tile/0/000"));
    assertThat(verify(log)).isInstanceOf(Verdict.Incomplete.class);
    try (LogWriter writer = open(log)) {
      writer.append(Entries.entry(256));
    }
    assertThat(verify(log)).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void aFullTailThatACrashLeftIsPutInItsPlace() throws IOException {
    Path log = written(255);
    Files.write(log.resolve("tail"), EntryBundle.write(List.of(Entries.entry(255))), StandardOpenOption.APPEND);
    try (LogWriter writer = open(log)) {
      assertThat(writer.size()).isEqualTo(256);
      writer.append(Entries.entry(256));
    }
    assertThat(verify(log)).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void aLogThatIsNotWhatWasSignedIsNotContinued() throws IOException {
    Path log = written(20);
    byte[] tail = Files.readAllBytes(log.resolve("tail"));
    Files.write(log.resolve("tail"), Arrays.copyOf(tail, tail.length / 2));
    assertThatThrownBy(() -> open(log)).isInstanceOf(LogDamagedException.class)
        .hasMessageContaining("its checkpoint was signed over 20");
    tail[30] ^= 1;
    Files.write(log.resolve("tail"), tail);
    assertThatThrownBy(() -> open(log)).isInstanceOf(LogDamagedException.class);
  }

  @Test
  @DisplayName("every altered, removed, reordered or inserted entry is found")
  void everyMeddledEntryIsFound() throws IOException {
    Path small = written(40);
    for (int i = 0; i < 40; i++) {
      meddleInEveryWay(small, 40, i);
    }
    Path log = written(SIZE);
    for (int i : new int[]{0, 1, 100, 254, 255, 256, 257, SIZE - 1}) {
      meddleInEveryWay(log, SIZE, i);
    }
    assertThat(verify(log)).as("what was put back").isInstanceOf(Verdict.Sound.class);
  }

  private static void meddleInEveryWay(Path log, int size, int i) throws IOException {
    meddle(log, size, i, (entries, at) -> entries.get(at)[entries.get(at).length - 5] ^= 1);
    meddle(log, size, i, (entries, at) -> entries.remove(at));
    meddle(log, size, i, (entries, at) -> entries.add(at, Entries.entry(at)));
    meddle(log, size, i, (entries, at) -> entries.add(at, entries.remove(at + 1 < entries.size() ? at + 1 : at - 1)));
  }

  /** Somebody who can write the files but has no key changes the entries of a bundle. */
  private interface Meddling {
    void in(List<byte[]> bundle, int at);
  }

  private static void meddle(Path log, int size, int number, Meddling meddling) throws IOException {
    int width = Math.min(TileId.FULL, size - number / TileId.FULL * TileId.FULL);
    Path bundle = log.resolve(TileId.entriesPath(number / TileId.FULL, width));
    byte[] before = Files.readAllBytes(bundle);
    var entries = new ArrayList<>(EntryBundle.read(before));
    meddling.in(entries, number % TileId.FULL);
    Files.write(bundle, EntryBundle.write(entries));
    assertThat(verify(log)).as("entry %d", number).isInstanceOf(Verdict.Tampered.class);
    Files.write(bundle, before);
  }

  @Test
  void everyAlteredByteOfEveryFileThatTheSignatureCoversIsFound() throws IOException {
    Path log = written(SIZE);
    List<Path> covered;
    try (Stream<Path> files = Files.walk(log)) {
      covered = files.filter(Files::isRegularFile).filter(file -> !file.endsWith("vkey")).toList();
    }
    for (Path file : covered) {
      byte[] before = Files.readAllBytes(file);
      for (int i = 0; i < before.length; i += 397) {
        byte[] altered = before.clone();
        altered[i] ^= 2;
        Files.write(file, altered);
        assertThat(verify(log)).as("%s byte %d", file, i).isInstanceOf(Verdict.Tampered.class);
      }
      Files.write(file, before);
    }
  }

  @Test
  void aMissingFileLeavesTheQuestionOpen() throws IOException {
    Path log = written(SIZE);
    for (String name : List.of("checkpoint", "tile/0/000", "tile/entries/000", "tile/entries/001.p/14",
        "tile/1/000.p/1")) {
      byte[] before = Files.readAllBytes(log.resolve(name));
      Files.delete(log.resolve(name));
      assertThat(verify(log)).as(name).isInstanceOf(Verdict.Incomplete.class);
      Files.write(log.resolve(name), before);
    }
  }

  @Test
  @DisplayName("a log that its own server wrote anew, signature and all, does not pass whoever kept a checkpoint")
  void aLogThatWasRewrittenWithTheKeyIsFoundByAWitness() throws IOException {
    Checkpoint kept = new Checkpoint(Entries.KEY.name(), 20, root(20));
    assertThat(verify(written(SIZE), kept)).isInstanceOf(Verdict.Sound.class);
    Path forged = Files.createDirectory(home.resolve("forged"));
    try (LogWriter writer = open(forged)) {
      for (int i = 0; i < SIZE; i++) {
        writer.append(Entries.entry(i == 7 ? 700 : i));
      }
    }
    assertThat(verify(forged, kept)).isInstanceOf(Verdict.Tampered.class);
    assertThat(verify(written(19), kept)).as("shortened").isInstanceOf(Verdict.Tampered.class);
    assertThat(verify(written(21), new Checkpoint("sallyport/other/audit", 20, root(20))))
        .isInstanceOf(Verdict.Tampered.class);
  }

  @Test
  void numbersWithGapsAndTimesThatGoBackAreFoundEvenIfSigned() throws IOException {
    Path log = Files.createDirectory(home.resolve("gap"));
    try (LogWriter writer = open(log)) {
      writer.append(Entries.entry(0));
      writer.append(Entries.entry(2));
    }
    assertThat(verify(log)).isEqualTo(new Verdict.Tampered(1, "Entry 1 says it is number 2."));
    Path back = Files.createDirectory(home.resolve("back"));
    try (LogWriter writer = open(back)) {
      writer.append("{\"n\":0,\"ts\":\"2026-01-01T00:00:01Z\"}".getBytes(StandardCharsets.UTF_8));
      writer.append("{\"n\":1,\"ts\":\"2026-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(verify(back)).isEqualTo(new Verdict.Tampered(1, "Entry 1 is older than the one before it."));
  }

  private static List<Path> partials(Path log) {
    try (Stream<Path> files = Files.walk(log)) {
      return files.filter(file -> file.toString().contains(".p/")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
