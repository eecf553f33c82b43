package dev.sallyport.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.sallyport.agent.fake.FakeLink;
import dev.sallyport.agent.fake.FakeServer;
import dev.sallyport.agent.fake.Ids;
import dev.sallyport.agent.fake.MemoryNetwork;
import dev.sallyport.agent.fake.TestAgent;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.TransferOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file to the machine and back, through a whole agent and a real session. */
@EnabledOnOs(OS.LINUX)
@Timeout(240)
final class FilesOverTheLinkTest {
  @TempDir
  Path folder;

  private final FakeServer server = new FakeServer();
  private final TestAgent agent = new TestAgent(new MemoryNetwork(server));
  private FakeLink link;

  @BeforeEach
  void connect() throws Exception {
    agent.enrol(server.bundle(MemoryNetwork.ADDRESS));
    agent.start();
    link = server.awaitLink();
  }

  @AfterEach
  void stop() throws Exception {
    agent.stop();
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new SplittableRandom(size).nextBytes(content);
    return content;
  }

  private FakeLink.Answer send(OperationId id, String transfer, Path target, int offset, byte[] block) {
    return link.order(id,
        new TransferOperation.Write(transfer, target.toString(), offset, InputDigest.of(Bytes.of(block))), block);
  }

  @Test
  @DisplayName("K8 a file goes to the machine in blocks and comes back the same")
  void thereAndBack() throws IOException {
    String transfer = UUID.randomUUID().toString();
    Path target = folder.resolve("target");
    byte[] content = content(2_000_000);
    byte[] first = Arrays.copyOf(content, 1_200_000);
    byte[] second = Arrays.copyOfRange(content, 1_200_000, content.length);
    OperationId id = Ids.next();

    assertThat(send(id, transfer, target, 0, first).result().outcome()).isEqualTo(Outcome.DONE);
    assertThat(send(Ids.next(), transfer, target, first.length, second).result().value().integer("bytes", 0, 1 << 30))
        .isEqualTo(content.length);
    assertThat(send(id, transfer, target, 0, first).result().value().integer("bytes", 0, 1 << 30))
        .as("an order that comes again answers what it answered").isEqualTo(first.length);
    assertThat(link.order(Ids.next(), new TransferOperation.Commit(transfer, target.toString(), content.length,
        InputDigest.of(Bytes.of(content)).sha256(), "0640", "", "")).result().outcome()).isEqualTo(Outcome.DONE);
    assertThat(Files.readAllBytes(target)).isEqualTo(content);

    FakeLink.Answer back = link.order(Ids.next(), new FileOperation.Read(target.toString(), 0, 8 << 20, ""));

    assertThat(back.output()).isEqualTo(Bytes.of(content));
    assertThat(back.result().value().bool("end")).isTrue();
    assertThat(link.order(Ids.next(), new FileOperation.Read(target.toString(), 0, 8 << 20, ""), 1_999_990,
        Instant.now().plusSeconds(60)).output().length()).as("from where the server has it").isEqualTo(10);
  }
}
