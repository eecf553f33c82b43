package dev.sallyport.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.TransferOperation;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Series;
import dev.sallyport.server.file.Blocks;
import dev.sallyport.server.file.Content;
import dev.sallyport.server.file.StoredFiles;

/**
 * Sends a file from the store to a machine. The target stays as it is until all of the file is there and has the digest it should have; what
 * breaks off goes on where the machine's part ends. A transfer that fails is taken back.
 */
final class FileSender {
  private final StoredFiles files;

  FileSender(StoredFiles files) {
    this.files = files;
  }

  /**
   * Does all of it.
   *
   * @return what the machine says of the file in its place
   * @throws OperationEndedException if it did not come about; the target is as before then
   */
  JsonObject send(ActionContext context, Bytes sha256, Target target) {
    String transfer = UUID.nameUUIDFromBytes(context.bulk().mark().getBytes(UTF_8)).toString();
    try (Content content = files.content(sha256)) {
      var blocks = new Sending(transfer, target.path(), content, new Progress(context.bulk(), content.bytes()),
          first(context, transfer, target));
      context.bulk().series(blocks);
      blocks.progress.reached(content.bytes());
      return context.perform(target.commit(transfer, content.bytes(), sha256)).value();
    } catch (OperationEndedException e) {
      OperationResult _ = context.bulk().tidy(new TransferOperation.Abort(transfer, target.path()));
      throw e;
    } catch (IOException | UncheckedIOException e) {
      OperationResult _ = context.bulk().tidy(new TransferOperation.Abort(transfer, target.path()));
      throw new OperationEndedException(Outcome.FAILED,
          "the file could not be read on the server: " + e.getMessage());
    }
  }

  /** The first block that the machine does not have as a whole. */
  private static int first(ActionContext context, String transfer, Target target) {
    OperationResult state = context.look(new TransferOperation.State(transfer, target.path()), OutputSink.none());
    return state.outcome() == Outcome.DONE && state.value().bool("exists", false)
        ? (int) (state.value().integer("bytes", 0, Long.MAX_VALUE) / Blocks.BYTES)
        : 0;
  }

  /** The blocks of one file; an empty file has one, without bytes, which makes the part. */
  private static final class Sending implements Series {
    private final String transfer;
    private final String path;
    private final Content content;
    private final Progress progress;
    private final int first;

    Sending(String transfer, String path, Content content, Progress progress, int first) {
      this.transfer = transfer;
      this.path = path;
      this.content = content;
      this.progress = progress;
      this.first = Math.min(first, Blocks.count(content.bytes()));
    }

    @Override
    public int count() {
      return Math.max(1, Blocks.count(content.bytes()));
    }

    @Override
    public int first() {
      return first;
    }

    @Override
    public Operation operation(int index) {
      return new TransferOperation.Write(transfer, path, Blocks.offset(index),
          content.bytes() == 0 ? InputDigest.NONE : content.digest(index));
    }

    @Override
    public CallInput input(int index) {
      return () -> content.block(index);
    }

    @Override
    public void done(int index, OperationResult result) {
      progress.reached(Math.min(content.bytes(), Blocks.offset(index + 1)));
    }
  }
}
