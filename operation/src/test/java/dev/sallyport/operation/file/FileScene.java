package dev.sallyport.operation.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;

/** The family of file operations on a real file system, as an agent has it. */
final class FileScene {
  static final OperationId ID = new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0");

  private final Path notes;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
  private Mover mover = Mover.SYSTEM;
  private FileOperations operations;

  FileScene(Path notes) {
    this.notes = notes;
    this.operations = new FileOperations(notes, () -> now, mover);
  }

  /** The agent stops and starts again. */
  Iterable<String> restart() {
    operations = new FileOperations(notes, () -> now, mover);
    return operations.start();
  }

  void mover(Mover other) {
    mover = other;
    operations = new FileOperations(notes, () -> now, mover);
  }

  void now(Instant time) {
    now = time;
  }

  Ending run(FileOperation operation) {
    return run(operation, new byte[0]);
  }

  Ending run(FileOperation operation, byte[] input) {
    output.reset();
    return operations.run(operation, new OperationContext(ID,
        (channel, bytes, offset, length) -> output.write(bytes, offset, length),
        () -> new ByteArrayInputStream(input)));
  }

  /** Runs what must go well, and returns what it found. */
  JsonObject found(FileOperation operation) {
    return found(operation, new byte[0]);
  }

  JsonObject found(FileOperation operation, byte[] input) {
    Ending ending = run(operation, input);
    assertThat(ending).as(ending.reason()).extracting(Ending::outcome).isEqualTo(Outcome.DONE);
    return ending.value();
  }

  /** Runs what must fail, and returns why. */
  String failure(FileOperation operation) {
    Ending ending = run(operation);
    assertThat(ending.outcome()).as(operation.toString()).isEqualTo(Outcome.FAILED);
    return ending.reason();
  }

  byte[] output() {
    return output.toByteArray();
  }
}
