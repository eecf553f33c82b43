package dev.sallyport.agent.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import dev.sallyport.protocol.channel.OutputChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class OutputPipeTest {
  private static final int MANY = 3_000_000;

  private static byte[] content() {
    byte[] content = new byte[MANY];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) ((i * 31) >>> 3);
    }
    return content;
  }

  private static byte[] read(OutputPipe pipe, long from) throws Exception {
    var all = new java.io.ByteArrayOutputStream();
    try (RunOutput.Reader reader = pipe.reader(from)) {
      for (byte[] piece = reader.next(); piece != null; piece = reader.next()) {
        assertThat(piece).hasSizeBetween(2, 1 + RunOutput.MAX_PIECE_BYTES);
        assertThat(OutputChannel.ofCode(piece[0])).isEqualTo(OutputChannel.STDOUT);
        all.write(piece, 1, piece.length - 1);
      }
    }
    return all.toByteArray();
  }

  private static Thread writer(OutputPipe pipe, byte[] content, int piece) {
    return Thread.ofVirtual().start(() -> {
      for (int at = 0; at < content.length; at += piece) {
        pipe.write(OutputChannel.STDOUT, content, at, Math.min(piece, content.length - at));
      }
      pipe.seal();
    });
  }

  @Test
  void everythingComesThroughFromWhereverOneAsks() throws Exception {
    for (long from : new long[]{0, 1, 16_383, 16_384, 100_001, MANY - 1, MANY, MANY + 5L}) {
      var pipe = new OutputPipe(MANY);
      writer(pipe, content(), 40_001);
      byte[] expected = Arrays.copyOfRange(content(), (int) Math.min(from, MANY), MANY);
      assertThat(Arrays.equals(read(pipe, from), expected)).as("from %d", from).isTrue();
      assertThat(pipe.kept()).isEqualTo(MANY);
      assertThat(pipe.cut()).isFalse();
    }
  }

  @Test
  @DisplayName("a slow network holds the writer, not the memory")
  void theWriterWaitsForTheReader() throws Exception {
    var pipe = new OutputPipe(MANY);
    var written = new AtomicLong();
    var full = new CountDownLatch(1);
    Thread thread = Thread.ofPlatform().start(() -> {
      byte[] piece = new byte[1000];
      for (int i = 0; i < 1000; i++) {
        pipe.write(OutputChannel.STDOUT, piece, 0, piece.length);
        if (written.addAndGet(piece.length) > 60_000) {
          full.countDown();
        }
      }
      pipe.seal();
    });
    full.await();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    assertThat(written.get()).isLessThanOrEqualTo(OutputPipe.CAPACITY_BYTES);

    assertThat(read(pipe, 0)).hasSize(1_000_000);
    thread.join();
  }

  @Test
  void whatIsBeyondTheLimitIsCutAndToldSo() throws Exception {
    var pipe = new OutputPipe(50_000);
    writer(pipe, content(), 30_000);

    assertThat(read(pipe, 0)).hasSize(50_000);
    assertThat(pipe.kept()).isEqualTo(50_000);
    assertThat(pipe.cut()).isTrue();
  }

  @Test
  void aReaderThatGoesLetsTheWriterComeToItsEnd() throws Exception {
    var pipe = new OutputPipe(MANY);
    Thread thread = writer(pipe, content(), 10_000);
    try (RunOutput.Reader reader = pipe.reader(0)) {
      assertThat(reader.next()).isNotNull();
    }

    thread.join();

    assertThat(pipe.cut()).isTrue();
  }

  @Test
  void anInterruptedWriterDoesNotWait() throws Exception {
    var pipe = new OutputPipe(MANY);
    var interrupted = new boolean[1];
    Thread thread = Thread.ofPlatform().start(() -> {
      pipe.write(OutputChannel.STDOUT, content(), 0, MANY);
      interrupted[0] = Thread.currentThread().isInterrupted();
    });
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    thread.interrupt();
    thread.join();

    assertThat(interrupted[0]).isTrue();
  }
}
