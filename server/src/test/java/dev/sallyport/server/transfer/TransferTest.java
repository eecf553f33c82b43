package dev.sallyport.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.TransferOperation;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.file.Blocks;
import dev.sallyport.server.file.PartFile;
import dev.sallyport.server.file.StoredFile;
import dev.sallyport.server.site.Approval;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whole files to machines and back, on real databases and disks, with a machine whose links break. */
class TransferTest extends TransferScene {
  private static final int BLOCKS = 2;
  private static final byte[] CONTENT = content(BLOCKS * Blocks.BYTES - 1000);
  private static final String PATH = "/opt/app/data.bin";

  private String distribute() {
    return give("distribute-file", "{\"file\":\"data.bin\",\"path\":\"" + PATH + "\",\"mode\":\"0640\"}");
  }

  private String collect() {
    return give("collect-file", "{\"path\":\"" + PATH + "\"}");
  }

  @Test
  @DisplayName("K8 a file arrives whole, wherever the link is cut, and no block is written twice")
  void aFileIsSentThroughEveryCut() throws IOException {
    keep(CONTENT);
    int point = 1;
    while (sentBrokenAt(point)) {
      point++;
    }
    assertThat(point).as("the link was cut at many places").isGreaterThan(3 * BLOCKS);
  }

  /** Answers whether the link got as far as that point. */
  private boolean sentBrokenAt(int point) {
    machine = new FileMachine();
    id = server.enrol("cut-at-" + point, Approval.AUTO);
    boolean cut = carriedThrough(point, distribute());
    assertThat(machine.files.get(PATH)).as("cut at %d", point).isEqualTo(CONTENT);
    assertThat(machine.did).as("cut at %d", point).hasSize(BLOCKS + 1);
    assertThat(machine.parts).isEmpty();
    return cut;
  }

  @Test
  @DisplayName("K8 a file is fetched whole, wherever the link is cut, and is in the store once")
  void aFileIsFetchedThroughEveryCut() throws IOException {
    int point = 1;
    while (fetchedBrokenAt(point)) {
      point++;
    }
    assertThat(point).as("the link was cut at many places").isGreaterThan(3 * BLOCKS);
    assertThat(kept()).as("one content, and no part").hasSize(1);
  }

  private boolean fetchedBrokenAt(int point) throws IOException {
    machine = new FileMachine();
    machine.files.put(PATH, CONTENT);
    id = server.enrol("cut-at-" + point, Approval.AUTO);
    String directive = collect();
    boolean cut = carriedThrough(point, directive);
    JsonObject value = run(directive).value();
    assertThat(value.string("name")).isEqualTo("data.bin");
    StoredFile file = files.meant(value.string("file")).orElseThrow();
    assertThat(file.origin().orElseThrow().machine()).isEqualTo(id);
    try (var content = files.content(file.sha256()); var first = content.block(0)) {
      assertThat(content.bytes()).isEqualTo(CONTENT.length);
      assertThat(first.readAllBytes()).isEqualTo(java.util.Arrays.copyOf(CONTENT, Blocks.BYTES));
    }
    return cut;
  }

  private boolean carriedThrough(int point, String directive) {
    FileLink link = link().cutAt(point);
    server.switchboard.up(link);
    server.await("the run ended or the link broke", () -> run(directive).state().ended() || !link.isUp());
    boolean cut = !link.isUp();
    if (cut) {
      server.await("nothing goes on", () -> server.dispatcher.active() == 0);
      server.switchboard.up(link());
    }
    Run run = ended(directive);
    assertThat(run.state()).as("cut at %d: %s", point, run.reason()).isEqualTo(new RunState.Ended(Outcome.DONE));
    return cut;
  }

  @Test
  void anEmptyFileTravelsBothWays() throws IOException {
    keep(new byte[0]);
    server.switchboard.up(link());
    assertThat(ended(distribute()).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(machine.files.get(PATH)).isEmpty();
    Run run = ended(collect());
    assertThat(run.state()).as(run.reason()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(run.value().integer("bytes", 0, 9)).isZero();
  }

  @Test
  void aFileOfWholeBlocksHasNoBlockTooMany() throws IOException {
    byte[] content = content(2 * Blocks.BYTES);
    keep(content);
    server.switchboard.up(link());
    assertThat(ended(distribute()).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(machine.files.get(PATH)).isEqualTo(content);
    assertThat(machine.did).hasSize(3);
  }

  @Test
  void aFullDiskOfTheMachineLeavesNothingThere() throws IOException {
    keep(CONTENT);
    machine.room = Blocks.BYTES + 5;
    machine.files.put(PATH, new byte[]{1});
    server.switchboard.up(link());
    assertFailed(distribute(), "the disk is full");
    assertThat(machine.parts).isEmpty();
    assertThat(machine.files.get(PATH)).as("the target is as before").containsExactly(1);
    assertThat(machine.did.getLast()).isInstanceOf(TransferOperation.Abort.class);
  }

  @Test
  void aCancelledTransferIsTakenBack() throws IOException {
    keep(CONTENT);
    Directive directive = given("distribute-file", "{\"file\":\"data.bin\",\"path\":\"" + PATH + "\"}");
    server.switchboard.up(link().telling(point -> {
      if (point == 5) {
        server.cancels.directive(directive, TestServer.OWNER);
      }
    }));
    Run run = ended(directive.id());
    assertThat(run.state()).isNotEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(machine.parts).isEmpty();
    assertThat(machine.files).isEmpty();
  }

  @Test
  void aFileThatChangesWhileItIsFetchedIsNotTaken() throws IOException {
    machine.files.put(PATH, CONTENT);
    server.switchboard.up(link().telling(point -> {
      if (point == 7) {
        machine.version++;
      }
    }));
    assertFailed(collect(), "changed");
    assertThat(kept()).isEmpty();
    assertThat(files.used()).isZero();
  }

  @Test
  void aFileThatVanishesWhileItIsFetchedIsNotTaken() throws IOException {
    machine.files.put(PATH, CONTENT);
    server.switchboard.up(link().telling(point -> {
      if (point == 7) {
        machine.lose(PATH);
      }
    }));
    assertFailed(collect(), "there is no such file");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsNotFetched() throws IOException {
    server.switchboard.up(link());
    assertFailed(collect(), "there is no such file");
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatHasAnotherDigestThanTheMachineSaysIsNotTaken() throws IOException {
    machine.files.put(PATH, CONTENT);
    machine.lie = Bytes.of(new byte[32]);
    server.switchboard.up(link());
    assertFailed(collect(), "SHA-256");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aFullStoreFetchesNothing() throws IOException {
    machine.files.put(PATH, content((int) (LIMITS.fileBytes() >> 3)));
    try (PartFile part = files.part("large")) {
      part.take(LIMITS.allBytes() - 100);
      server.switchboard.up(link());
      assertFailed(collect(), "MiB of files");
      part.discard();
    }
    assertThat(files.used()).isZero();
  }

  @Test
  void anOrderMeansTheFileThatWasTheNewestWhenItWasGiven() throws IOException {
    keep(CONTENT);
    String directive = distribute();
    clock.advance(Duration.ofSeconds(1));
    keep(new byte[]{1, 2, 3});
    server.switchboard.up(link());
    assertThat(ended(directive).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(machine.files.get(PATH)).isEqualTo(CONTENT);
  }

  @Test
  void aFileThatIsThereIsLeftAloneWhereTheOrderSaysSo() throws IOException {
    keep(CONTENT);
    machine.files.put(PATH, new byte[]{1});
    server.switchboard.up(link());
    assertFailed(give("distribute-file", "{\"file\":\"data.bin\",\"path\":\"" + PATH + "\",\"replace\":false}"),
        "left alone");
    assertThat(machine.files.get(PATH)).containsExactly(1);
  }

  @Test
  void whatCannotBeIsRefusedBeforeItIsStored() throws IOException {
    keep(CONTENT);
    for (String wrong : List.of("{\"file\":\"other\",\"path\":\"/a\"}", "{\"file\":\"data.bin\",\"path\":\"\"}",
        "{\"file\":\"data.bin\",\"path\":\"/a\",\"mode\":\"999\"}", "{\"file\":\"data.bin\",\"path\":\"/a\\u0000b\"}",
        "{\"path\":\"/a\"}")) {
      assertThatThrownBy(() -> give("distribute-file", wrong)).as(wrong).isInstanceOf(ProblemException.class);
    }
  }
}
