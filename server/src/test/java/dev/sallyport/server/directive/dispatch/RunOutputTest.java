package dev.sallyport.server.directive.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.sallyport.server.directive.record.Channel;
import dev.sallyport.server.directive.record.OutputChunk;
import dev.sallyport.server.directive.record.RunKey;
import org.junit.jupiter.api.Test;

class RunOutputTest {

  private static final RunKey KEY = new RunKey("d", "m");

  private final RunOutput output = new RunOutput(KEY, 1_000, Map.of());

  @Test
  void neighbouringBytesOfOneChannelBecomeOnePiece() throws Exception {
    output.beginStep(0);
    output.append(Channel.STDOUT, bytes("ab"), 0);
    output.append(Channel.STDOUT, bytes("cd"), 2);
    output.append(Channel.STDERR, bytes("ef"), 4);

    assertThat(shown(output.close())).containsExactly("0/0 STDOUT abcd", "4/0 STDERR ef");
  }

  @Test
  void operationsWriteOneLogOneAfterTheOther() throws Exception {
    assertThat(output.beginStep(0)).isZero();
    output.append(Channel.STDOUT, bytes("first"), 0);
    assertThat(output.beginStep(1)).isZero();
    output.append(Channel.STDOUT, bytes("second"), 0);

    assertThat(shown(output.close())).containsExactly("0/0 STDOUT first", "5/1 STDOUT second");
  }

  @Test
  void whatIsStoredAlreadyIsNotAskedForAgain() throws Exception {
    var resumed = new RunOutput(KEY, 1_000, Map.of(0, 5L, 1, 3L));
    assertThat(resumed.beginStep(0)).isEqualTo(5);
    assertThat(resumed.beginStep(1)).isEqualTo(3);
    resumed.append(Channel.STDOUT, bytes("ond"), 3);

    assertThat(shown(resumed.close())).containsExactly("8/1 STDOUT ond");
  }

  @Test
  void bytesThatWereSeenBeforeAreSkipped() throws Exception {
    output.beginStep(0);
    output.append(Channel.STDOUT, bytes("abc"), 0);
    output.append(Channel.STDOUT, bytes("bc"), 1);
    output.append(Channel.STDOUT, bytes("bcde"), 1);

    assertThat(shown(output.close())).containsExactly("0/0 STDOUT abcde");
  }

  @Test
  void aHoleIsNotTaken() {
    output.beginStep(0);
    assertThatThrownBy(() -> output.append(Channel.STDOUT, bytes("x"), 1)).isInstanceOf(OutputGapException.class)
        .hasMessageContaining("byte 0");
  }

  @Test
  void whatExceedsTheLimitIsDroppedAndSaidSo() throws Exception {
    var small = new RunOutput(KEY, 4, Map.of());
    small.beginStep(0);
    small.append(Channel.STDOUT, bytes("abc"), 0);
    assertThat(small.truncated()).isFalse();
    small.append(Channel.STDERR, bytes("def"), 3);
    small.append(Channel.STDERR, bytes("ghi"), 6);

    assertThat(small.truncated()).isTrue();
    assertThat(shown(small.close())).containsExactly("0/0 STDOUT abc", "3/0 STDERR d");
  }

  @Test
  void aLargePieceIsDividedIntoRowsOfBoundedSize() throws Exception {
    var large = new RunOutput(KEY, 1 << 20, Map.of());
    large.beginStep(0);
    large.append(Channel.STDOUT, new byte[150_000], 0);

    assertThat(large.close()).extracting(chunk -> chunk.bytes().length).containsExactly(65_536, 65_536,
        150_000 - 131_072);
  }

  @Test
  void whatTheFlusherCouldNotStoreLeavesAgainInItsPlace() throws Exception {
    output.beginStep(0);
    output.append(Channel.STDOUT, bytes("one"), 0);
    assertThat(shown(output.startFlush())).containsExactly("0/0 STDOUT one");
    output.append(Channel.STDOUT, bytes("two"), 3);
    assertThat(output.startFlush()).as("one flush at a time").isEmpty();
    output.flushed(false);

    assertThat(shown(output.startFlush())).containsExactly("0/0 STDOUT one", "3/0 STDOUT two");
    output.flushed(true);
    assertThat(output.close()).isEmpty();
  }

  @Test
  void theEndWaitsForAFlushUnderWaySoThatNoHoleIsStored() throws Exception {
    output.beginStep(0);
    output.append(Channel.STDOUT, bytes("one"), 0);
    output.startFlush();
    var end = CompletableFuture.supplyAsync(output::close);
    Thread waiting = Thread.ofVirtual().start(() -> output.flushed(false));

    assertThat(shown(end.get(10, TimeUnit.SECONDS))).containsExactly("0/0 STDOUT one");
    assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aMachineThatWritesFasterThanTheDiskHasToWait() throws Exception {
    var large = new RunOutput(KEY, 10 << 20, Map.of());
    large.beginStep(0);
    large.append(Channel.STDOUT, new byte[RunOutput.MAX_WAITING_BYTES], 0);
    Thread writer = Thread.ofPlatform().start(() -> {
      try {
        large.append(Channel.STDOUT, bytes("more"), RunOutput.MAX_WAITING_BYTES);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    awaitState(writer, Thread.State.WAITING);

    assertThat(large.startFlush()).hasSize(4);
    assertThat(writer.isAlive()).isTrue();
    large.flushed(true);
    assertThat(writer.join(Duration.ofSeconds(10))).isTrue();
    assertThat(large.close()).hasSize(1);
  }

  @Test
  void aStoppingServerWakesAThreadThatWaitsForTheDisk() throws Exception {
    var large = new RunOutput(KEY, 10 << 20, Map.of());
    large.beginStep(0);
    large.append(Channel.STDOUT, new byte[RunOutput.MAX_WAITING_BYTES], 0);
    var interrupted = new CompletableFuture<Boolean>();
    Thread writer = Thread.ofPlatform().start(() -> {
      try {
        large.append(Channel.STDOUT, bytes("more"), RunOutput.MAX_WAITING_BYTES);
        interrupted.complete(false);
      } catch (InterruptedException e) {
        interrupted.complete(true);
      }
    });
    awaitState(writer, Thread.State.WAITING);
    writer.interrupt();

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitState(Thread thread, Thread.State state) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (thread.getState() != state) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> shown(List<OutputChunk> chunks) {
    return chunks.stream()
        .map(c -> c.position() + "/" + c.step() + " " + c.channel() + " " + new String(c.bytes(), UTF_8))
        .collect(Collectors.toList());
  }
}
