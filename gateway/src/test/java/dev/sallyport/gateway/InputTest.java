package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.TransferOperation;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.testing.agent.FakeAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes with an operation, as an agent sees it arrive. */
@Timeout(120)
class InputTest {
  private final BlockingQueue<Bytes> arrived = new ArrayBlockingQueue<>(10);

  @TempDir
  private Path folder;
  private GatewayScene scene;

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new SplittableRandom(size).nextBytes(content);
    return content;
  }

  private static OperationCall call(Bytes said, CallInput input) {
    return new OperationCall(OperationId.of(UUID.randomUUID(), 0), new TransferOperation.Write(
        UUID.randomUUID().toString(), "/x", 0, InputDigest.of(said)), 0, Instant.now().plusSeconds(60), input);
  }

  private FakeAgent agent() throws Exception {
    return FakeAgent.connectRaw(scene.dial(), scene.knownMachine(), scene.server(),
        (stream, metadata) -> Thread.ofVirtual().start(() -> take(stream, OpenMetadata.decode(metadata))))
        .awaitLinked();
  }

  private void take(SessionStream stream, OpenMetadata opening) {
    try {
      var all = new ByteArrayOutputStream();
      for (byte[] body = stream.read(); body != null; body = stream.read()) {
        all.writeBytes(body);
      }
      byte[] bytes = all.toByteArray();
      int begin = opening.hasInput() ? opening.argumentBytes() : bytes.length;
      Operations.decode(opening.operation(), Arrays.copyOf(bytes, begin));
      arrived.add(Bytes.of(Arrays.copyOfRange(bytes, begin, bytes.length)));
      byte[] result = OperationResult.without(Outcome.DONE, Instant.EPOCH, Instant.EPOCH, "").encode();
      byte[] last = new byte[result.length + 1];
      last[0] = OutputChannel.RESULT.code();
      System.arraycopy(result, 0, last, 1, result.length);
      stream.write(last, true);
    } catch (Exception e) {
      arrived.add(Bytes.ofUtf8(e.toString()));
    }
  }

  @Test
  void anInputOfAnySizeArrivesWholeBehindTheArguments() throws Exception {
    try (FakeAgent agent = agent()) {
      AgentLink link = scene.listener().awaitUp();
      for (int size : new int[]{0, 1, 16 << 10, 300_001, InputDigest.MAX_BYTES}) {
        Bytes input = Bytes.of(content(size));

        assertThat(link.call(call(input, CallInput.of(input)), OutputSink.none()).outcome()).isEqualTo(Outcome.DONE);

        assertThat(arrived.take().equals(input)).as("%d bytes", size).isTrue();
      }
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void anInputThatEndsEarlyOrBreaksEndsTheCallAndNothingElse() throws Exception {
    try (FakeAgent agent = agent()) {
      AgentLink link = scene.listener().awaitUp();
      Bytes said = Bytes.of(content(100_000));

      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> link.call(call(said, CallInput.of(Bytes.of(content(99_999)))), OutputSink.none()))
          .withMessageContaining("1 bytes too short");
      assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> link.call(call(said, () -> {
        throw new IOException("the file is gone");
      }), OutputSink.none())).withMessageContaining("the file is gone");
      arrived.clear();

      assertThat(link.call(call(said, CallInput.of(said)), OutputSink.none()).outcome()).isEqualTo(Outcome.DONE);
      assertThat(agent.hasEnded()).isFalse();
    }
  }
}
