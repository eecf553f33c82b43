package dev.sallyport.operation.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.note.Durably;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.TransferOperation;

/**
 * Files that are sent to this machine, in blocks.
 *
 * <p>The blocks go into a part file beside the target. It is made new, readable by the agent's account alone, and never opened through a
 * link; so it cannot be planted. Blocks are not made durable one by one: after a power failure some may be missing, which
 * {@code file.commit} finds by size and SHA-256 before it gives the part the target's name in one step.
 */
final class Transfers {
  private static final int PIECE_BYTES = 64 << 10;

  private final PartFiles parts;

  Transfers(PartFiles parts) {
    this.parts = parts;
  }

  Ending run(TransferOperation operation, OperationContext context) throws IOException {
    Path target = FilePath.ofChange(operation.path());
    Path part = PartFiles.beside(target, operation.transfer());
    return switch (operation) {
      case TransferOperation.Write write -> write(write, part, context);
      case TransferOperation.Commit commit -> commit(commit, part, target);
      case TransferOperation.Abort abort -> abort(abort, part);
      case TransferOperation.State _ -> state(part);
    };
  }

  private Ending write(TransferOperation.Write write, Path part, OperationContext context) throws IOException {
    if (write.offset() == 0) {
      create(write.transfer(), part);
    }
    try (FileChannel file = open(part, StandardOpenOption.WRITE)) {
      long size = file.size();
      if (write.offset() > size) {
        throw new FileTrouble("the block begins at byte " + write.offset() + ", but only " + size + " bytes are here");
      }
      try {
        copy(context, file.position(write.offset()));
      } catch (IOException e) {
        if (file.isOpen()) {
          file.truncate(size);
        }
        throw e;
      }
      return Ending.found(JsonObject.builder().put("bytes", file.size()).build());
    }
  }

  private void create(String transfer, Path part) throws IOException {
    parts.remember(transfer, part);
    try {
      FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          Durably.ownerOnly("rw-------")).close();
    } catch (FileAlreadyExistsException e) {
      // The first block comes again, from somebody who began anew.
      return;
    }
  }

  private static void copy(OperationContext context, FileChannel to) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream input = context.input().open()) {
      for (int count = input.read(piece); count >= 0; count = input.read(piece)) {
        ByteBuffer bytes = ByteBuffer.wrap(piece, 0, count);
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
      }
    }
  }

  /** Opens the part itself, never what a link of its name leads to, and only if it has no second name. */
  private static FileChannel open(Path part, StandardOpenOption option) throws IOException {
    try {
      FileVersion.of(part, LinkOption.NOFOLLOW_LINKS);
      if (!Integer.valueOf(1).equals(Files.getAttribute(part, "unix:nlink", LinkOption.NOFOLLOW_LINKS))) {
        throw new FileTrouble(part + ": the file of this transfer has a second name; abort the transfer");
      }
      return FileChannel.open(part, Set.of(option, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      throw new FileTrouble("there is nothing of this transfer here, it may have been aborted or was left for "
          + PartFiles.KEPT.toDays() + " days; begin at byte 0");
    }
  }

  private Ending commit(TransferOperation.Commit commit, Path part, Path target) throws IOException {
    FileRights rights = FileRights.of(commit, target);
    try (FileChannel file = open(part, StandardOpenOption.READ)) {
      if (file.size() != commit.bytes()) {
        throw new FileTrouble("the file is to have " + commit.bytes() + " bytes, but " + file.size() + " are here");
      }
      if (!DigestFileOperation.sha256(file).equals(commit.sha256())) {
        throw new FileTrouble("the file that arrived is not the one that was sent: its SHA-256 differs; send it again");
      }
      rights.giveTo(part);
      file.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    parts.forget(commit.transfer());
    Durably.syncNames(FilePath.directoryOf(target));
    return Ending.found(FileVersion.of(target, LinkOption.NOFOLLOW_LINKS).put(JsonObject.builder()).build());
  }

  private Ending abort(TransferOperation.Abort abort, Path part) throws IOException {
    boolean deleted = Files.deleteIfExists(part);
    parts.forget(abort.transfer());
    return Ending.found(JsonObject.builder().put("deleted", deleted).build());
  }

  private static Ending state(Path part) throws IOException {
    var value = JsonObject.builder();
    try {
      long bytes = FileVersion.of(part, LinkOption.NOFOLLOW_LINKS).bytes();
      value.put("exists", true).put("bytes", bytes);
    } catch (NoSuchFileException e) {
      value.put("exists", false);
    }
    return Ending.found(value.build());
  }
}
