package dev.sallyport.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.directive.Order;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.file.FileLimits;
import dev.sallyport.server.file.PartFile;
import dev.sallyport.server.file.StoredFile;
import dev.sallyport.server.file.StoredFiles;
import dev.sallyport.server.site.Approval;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server with a store of files, and one machine with files. */
abstract class TransferScene extends ServerTest {
  static final FileLimits LIMITS = new FileLimits(64L << 20, 64L << 20, 0, Duration.ofDays(1));

  @TempDir
  private Path scratch = Path.of("");
  @SuppressWarnings("NullAway.Init") // set before each test
  StoredFiles files;
  FileMachine machine = new FileMachine();
  String id = "";

  static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    new Random(4711).nextBytes(content);
    return content;
  }

  @Override
  protected List<Action> actions() {
    files = opened(LIMITS);
    return List.of(new DistributeFileAction(files), new CollectFileAction(files),
        new ReplaceExecutableAction(files));
  }

  private StoredFiles opened(FileLimits limits) {
    try {
      var opened = new StoredFiles(database, scratch.resolve("files"), limits, clock);
      opened.open();
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void enrol() {
    id = server.enrol("web-1", Approval.AUTO);
  }

  StoredFile keep(byte[] content) throws IOException {
    try (PartFile part = files.part("test")) {
      part.append(content, 0, content.length);
      return files.finish(part, new StoredFiles.Label("data.bin", "olivia", Duration.ofDays(1), Optional.empty()),
          Optional.empty());
    }
  }

  FileLink link() {
    return new FileLink(id, machine, server.switchboard, clock.instant());
  }

  String give(String action, String parameters) {
    return given(action, parameters).id();
  }

  Directive given(String action, String parameters) {
    return server.directives.give(ordered(action, parameters), TestServer.OWNER);
  }

  Order ordered(String action, String parameters) {
    return new Order(action, (JsonObject) Json.parse(parameters), new Order.Targets.Named(List.of(id)),
        Duration.ofHours(1), Limits.DEFAULT);
  }

  Run run(String directive) {
    return server.store.read(sql -> new RunTable(sql).find(new RunKey(directive, id))).orElseThrow();
  }

  Run ended(String directive) {
    server.await("it ended", () -> run(directive).state().ended());
    return run(directive);
  }

  void assertFailed(String directive, String reason) {
    Run run = ended(directive);
    assertThat(run.state()).isEqualTo(new RunState.Ended(Outcome.FAILED));
    assertThat(run.reason()).contains(reason);
  }

  /** Names of all files of the store, apart from the digests beside them. */
  List<String> kept() throws IOException {
    try (var names = Files.list(scratch.resolve("files"))) {
      return names.map(name -> name.getFileName().toString()).filter(name -> !name.endsWith(".blocks")).toList();
    }
  }
}
