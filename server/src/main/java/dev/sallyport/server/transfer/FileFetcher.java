package dev.sallyport.server.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Series;
import dev.sallyport.server.file.Blocks;
import dev.sallyport.server.file.DigestException;
import dev.sallyport.server.file.PartFile;
import dev.sallyport.server.file.StoredFile;
import dev.sallyport.server.file.StoredFiles;

/**
 * Fetches a file from a machine into the store, in the state in which it was first seen. What breaks off goes on with the first block that is
 * not here; what fails leaves nothing here.
 */
final class FileFetcher {
  private final StoredFiles files;

  FileFetcher(StoredFiles files) {
    this.files = files;
  }

  /** The file as it was first seen. */
  private record Seen(String path, String version, long bytes) {}

  StoredFile fetch(ActionContext context, String path, String mark, StoredFiles.Label label) {
    Seen seen = look(context, path);
    try (PartFile part = files.part("fetch/" + mark)) {
      try {
        return fetch(context, seen, part, label);
      } catch (OperationEndedException | IOException | UncheckedIOException e) {
        part.discard();
        throw e;
      }
    } catch (DigestException e) {
      throw new OperationEndedException(Outcome.FAILED,
          "what arrived is not what is on the machine: its SHA-256 is another; try again");
    } catch (IOException | UncheckedIOException e) {
      throw new OperationEndedException(Outcome.FAILED, "the server could not keep the file: " + e.getMessage());
    }
  }

  private StoredFile fetch(ActionContext context, Seen seen, PartFile part, StoredFiles.Label label)
      throws IOException {
    part.take(seen.bytes());
    var fetching = new Fetching(seen, part, new Progress(context.bulk(), seen.bytes()));
    if (seen.bytes() > 0) {
      context.bulk().series(fetching);
    }
    fetching.progress.reached(seen.bytes());
    return files.finish(part, label, Optional.of(digest(context, seen)));
  }

  /** Its version is noted, so that all blocks are of one file, whatever happens between them. */
  private static Seen look(ActionContext context, String path) {
    var look = new FileOperation.Read(path, 0, 0, "");
    OperationResult seen = context.remember(look);
    if (seen.outcome() != Outcome.DONE) {
      throw new OperationEndedException(look, seen);
    }
    JsonObject value = seen.value();
    long bytes = value.integer("bytes", 0, Long.MAX_VALUE);
    if (bytes == 0 && !value.bool("end", true)) {
      throw new OperationEndedException(Outcome.FAILED,
          "this file says that it is empty and is not: the kernel makes it up; file-text reads it");
    }
    return new Seen(path, value.string("version", FileOperation.MAX_VERSION_LENGTH), bytes);
  }

  /** What the machine says of the whole file, in the same state as its blocks. */
  private static Bytes digest(ActionContext context, Seen seen) {
    var look = new FileOperation.Digest(seen.path());
    OperationResult result = context.look(look, OutputSink.none());
    if (result.outcome() != Outcome.DONE) {
      throw new OperationEndedException(look, result);
    }
    if (!result.value().string("version", FileOperation.MAX_VERSION_LENGTH).equals(seen.version())) {
      throw changed();
    }
    return Bytes.of(result.value().bytes("sha256", InputDigest.SHA256_BYTES, InputDigest.SHA256_BYTES));
  }

  private static OperationEndedException changed() {
    return new OperationEndedException(Outcome.FAILED,
        "the file changed while it was fetched, so nothing of it was kept; try again when nobody writes to it");
  }

  /** The blocks of one file. */
  private static final class Fetching implements Series {
    private final Seen seen;
    private final PartFile part;
    private final Progress progress;
    /** Bytes that have come of each block. */
    private final int[] arrived;

    Fetching(Seen seen, PartFile part, Progress progress) {
      this.arrived = new int[Blocks.count(seen.bytes())];
      this.seen = seen;
      this.part = part;
      this.progress = progress;
    }

    @Override
    public int count() {
      return Blocks.count(seen.bytes());
    }

    @Override
    public int first() {
      return Math.min(count(), part.blocks());
    }

    @Override
    public Operation operation(int index) {
      return new FileOperation.Read(seen.path(), Blocks.offset(index), Blocks.length(seen.bytes(), index),
          seen.version());
    }

    @Override
    public OutputSink output(int index) {
      return (channel, bytes, position) -> {
        if (channel != OutputChannel.STDOUT || position != arrived[index]
            || position + bytes.length > Blocks.length(seen.bytes(), index)) {
          throw new OperationEndedException(Outcome.FAILED, "the machine sent what was not asked for");
        }
        try {
          part.put(Blocks.offset(index) + position, bytes);
        } catch (IOException e) {
          throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
        }
        arrived[index] += bytes.length;
      };
    }

    @Override
    public void done(int index, OperationResult result) {
      int length = Blocks.length(seen.bytes(), index);
      if (result.value().bool("changed", false) || arrived[index] != length) {
        throw changed();
      }
      try {
        part.absorb(length);
      } catch (IOException e) {
        throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
      }
      progress.reached(part.bytes());
    }
  }
}
