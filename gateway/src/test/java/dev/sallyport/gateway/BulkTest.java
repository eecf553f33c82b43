package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.TransferOperation;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A quarter of a gibibyte each way, through one link. */
@Timeout(600)
@ParameterizedClass
@EnumSource(Transports.class)
class BulkTest {
  private static final long ALL = 256L << 20;
  private static final int PIECE = 1 << 20;

  private final Transports transport;
  private final byte[] piece = new byte[PIECE];

  @TempDir
  private Path folder;
  private GatewayScene scene;

  BulkTest(Transports transport) {
    this.transport = transport;
    new SplittableRandom(1).nextBytes(piece);
  }

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder, transport);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  @DisplayName("K4 256 MiB of output come whole and in order")
  void outputComesWhole() throws Exception {
    int pieces = (int) (Limits.MAX_OUTPUT_BYTES / PIECE);
    OperationScript script = (id, operation) -> new Answer(
        Collections.nCopies(pieces, new Answer.Piece(OutputChannel.STDOUT, piece)),
        Answer.printed("").result());
    try (FakeAgent agent = scene.connect(scene.knownMachine(), script).awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();
      for (long done = 0; done < ALL; done += Limits.MAX_OUTPUT_BYTES) {
        MessageDigest found = InputDigest.hasher();

        link.call(GatewayScene.call(), (channel, bytes, position) -> found.update(bytes));

        assertThat(found.digest()).isEqualTo(digestOf(pieces));
      }
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  @DisplayName("K4 256 MiB of input arrive whole and in order")
  void inputArrivesWhole() throws Exception {
    int pieces = InputDigest.MAX_BYTES / PIECE;
    byte[] content = new byte[InputDigest.MAX_BYTES];
    for (int i = 0; i < pieces; i++) {
      System.arraycopy(piece, 0, content, i * PIECE, PIECE);
    }
    Bytes input = Bytes.of(content);
    InputDigest said = InputDigest.of(input);
    try (FakeAgent agent = FakeAgent.connectRaw(scene.dial(), scene.knownMachine(), scene.server(),
        (stream, metadata) -> Thread.ofVirtual().start(() -> take(stream, OpenMetadata.decode(metadata), said)))
        .awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();
      for (int step = 0; step < ALL / InputDigest.MAX_BYTES; step++) {
        var call = new OperationCall(OperationId.of(UUID.randomUUID(), 0),
            new TransferOperation.Write(UUID.randomUUID().toString(), "/x", 0, said), 0, Instant.now().plusSeconds(600),
            CallInput.of(input));

        assertThat(link.call(call, OutputSink.none()).outcome()).isEqualTo(Outcome.DONE);
      }
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  private byte[] digestOf(int pieces) {
    MessageDigest all = InputDigest.hasher();
    for (int i = 0; i < pieces; i++) {
      all.update(piece);
    }
    return all.digest();
  }

  /** Answers done if what arrived is what was said, failed otherwise. */
  private static void take(SessionStream stream, OpenMetadata opening, InputDigest said) {
    MessageDigest found = InputDigest.hasher();
    try {
      int arguments = opening.argumentBytes();
      for (byte[] body = stream.read(); body != null; body = stream.read()) {
        int skip = Math.min(arguments, body.length);
        arguments -= skip;
        found.update(body, skip, body.length - skip);
      }
      boolean whole = Bytes.of(found.digest()).equals(said.sha256());
      byte[] result = OperationResult
          .without(whole ? Outcome.DONE : Outcome.FAILED, Instant.EPOCH, Instant.EPOCH, "").encode();
      byte[] last = new byte[result.length + 1];
      last[0] = OutputChannel.RESULT.code();
      System.arraycopy(result, 0, last, 1, result.length);
      stream.write(last, true);
    } catch (Exception e) {
      stream.reset(1); // of a session that is over, this does nothing
    }
  }
}
