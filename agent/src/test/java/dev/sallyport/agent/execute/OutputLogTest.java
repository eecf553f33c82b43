package dev.sallyport.agent.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sallyport.agent.journal.KeptOutput;
import dev.sallyport.agent.state.FaultyDisk;
import dev.sallyport.protocol.channel.OutputChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
final class OutputLogTest {
  private final FaultyDisk disk = new FaultyDisk();
  private final OutputFiles files = files(1 << 22);

  private OutputFiles files(long maxBytes) {
    try {
      return new OutputFiles(disk, List.of(), maxBytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Channel and bytes as they would travel, without the borders of pieces. */
  private static byte[] read(OutputLog log, long from) {
    var all = new ByteArrayOutputStream();
    try (RunOutput.Reader reader = log.reader(from)) {
      for (byte[] piece = reader.next(); piece != null; piece = reader.next()) {
        assertThat(piece.length).isBetween(2, OutputLog.MAX_PIECE_BYTES + 1);
        for (int i = 1; i < piece.length; i++) {
          all.write(piece[0]);
          all.write(piece[i]);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    return all.toByteArray();
  }

  @Test
  void everyReaderSeesTheSameFromWhereverItBegins() throws IOException {
    for (long seed = 0; seed < 24; seed++) {
      var random = new Random(seed);
      var log = new OutputLog(files, Long.MAX_VALUE);
      var expected = new ByteArrayOutputStream();
      int total = 0;
      int writes = random.nextInt(60);
      for (int i = 0; i < writes; i++) {
        OutputChannel channel = random.nextBoolean() ? OutputChannel.STDOUT : OutputChannel.STDERR;
        byte[] bytes = new byte[1 + random.nextInt(seed % 2 == 0 ? 40 : 4000)];
        random.nextBytes(bytes);
        log.write(channel, bytes, 0, bytes.length);
        total += bytes.length;
        for (byte b : bytes) {
          expected.write(channel.code());
          expected.write(b);
        }
      }
      log.seal();
      KeptOutput kept = log.keep();
      OutputLog stored = OutputLog.stored(files, kept);
      byte[] all = expected.toByteArray();
      for (int from : new int[]{0, 1, total / 2, Math.max(0, total - 1), total, total + 5}) {
        byte[] rest = from >= total ? new byte[0] : java.util.Arrays.copyOfRange(all, 2 * from, all.length);
        assertThat(read(log, from)).as("seed %d from %d", seed, from).isEqualTo(rest);
        assertThat(read(stored, from)).as("stored, seed %d from %d", seed, from).isEqualTo(rest);
      }
      assertThat(log.kept()).isEqualTo(total);
      assertThat(log.cut()).isFalse();
    }
  }

  @Test
  void aReaderKeepsUpWithAPieceThatGrows() throws Exception {
    var log = new OutputLog(files, 1000);
    try (RunOutput.Reader reader = log.reader(0)) {
      for (String word : List.of("a", "bc", "def")) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        log.write(OutputChannel.STDOUT, bytes, 0, bytes.length);
        byte[] piece = Objects.requireNonNull(reader.next());
        assertThat(new String(piece, 1, piece.length - 1, StandardCharsets.UTF_8)).isEqualTo(word);
      }
      log.seal();
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void aWaitingReaderWakesForOutputAndForTheEnd() throws Exception {
    var log = new OutputLog(files, 1000);
    var heard = new CompletableFuture<byte[]>();
    Thread.startVirtualThread(() -> heard.complete(read(log, 0)));

    log.write(OutputChannel.STDERR, new byte[]{7}, 0, 1);
    log.seal();

    assertThat(heard.get(60, TimeUnit.SECONDS)).containsExactly(OutputChannel.STDERR.code(), 7);
  }

  @Test
  void smallOutputNeedsNoFileAndLargeOutputNoMemory() throws IOException {
    var small = new OutputLog(files, Long.MAX_VALUE);
    small.write(OutputChannel.STDOUT, new byte[16_000], 0, 16_000);
    small.seal();
    assertThat(small.keep()).isInstanceOf(KeptOutput.Inline.class);
    assertThat(disk.names()).isEmpty();

    small = new OutputLog(files, Long.MAX_VALUE);
    small.write(OutputChannel.STDOUT, new byte[17_000], 0, 17_000);
    small.seal();
    assertThat(small.keep()).isInstanceOf(KeptOutput.Spooled.class);
    assertThat(disk.names()).hasSize(1);
    small.discard();
    assertThat(disk.names()).isEmpty();
  }

  @Test
  void aThousandSingleBytesShareOnePiece() throws Exception {
    var log = new OutputLog(files, Long.MAX_VALUE);
    for (int i = 0; i < 1000; i++) {
      log.write(OutputChannel.STDOUT, new byte[]{(byte) i}, 0, 1);
    }
    log.seal();

    try (RunOutput.Reader reader = log.reader(0)) {
      assertThat(reader.next()).hasSize(1001);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void aDiskThatFailsCutsTheOutputAtWhatIsWhole() throws IOException {
    var log = new OutputLog(files, Long.MAX_VALUE);
    log.write(OutputChannel.STDOUT, "x".repeat(30_000).getBytes(StandardCharsets.UTF_8), 0, 30_000);
    disk.room(100);
    log.write(OutputChannel.STDOUT, "y".repeat(30_000).getBytes(StandardCharsets.UTF_8), 0, 30_000);
    disk.room(1 << 20);
    log.write(OutputChannel.STDOUT, "z".repeat(100).getBytes(StandardCharsets.UTF_8), 0, 100);
    log.seal();

    assertThat(log.cut()).isTrue();
    assertThat(log.kept()).isEqualTo(30_000);
    assertThat(read(OutputLog.stored(files, log.keep()), 0)).hasSize(60_000);
  }

  @Test
  void allOutputsTogetherKeepToTheirShareOfTheDisk() throws IOException {
    OutputFiles few = files(100_000);
    var first = new OutputLog(few, Long.MAX_VALUE);
    first.write(OutputChannel.STDOUT, new byte[80_000], 0, 80_000);
    first.seal();
    var second = new OutputLog(few, Long.MAX_VALUE);
    second.write(OutputChannel.STDOUT, new byte[80_000], 0, 80_000);
    assertThat(first.cut()).isFalse();
    assertThat(second.cut()).isTrue();

    first.discard();
    var third = new OutputLog(few, Long.MAX_VALUE);
    third.write(OutputChannel.STDOUT, new byte[70_000], 0, 70_000);
    assertThat(third.cut()).isFalse();
  }
}
