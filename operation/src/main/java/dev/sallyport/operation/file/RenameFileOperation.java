package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.file.Path;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;

/**
 * {@code file.rename}: the value is {@code renamed}; false where the file is locked and the agent has noted, durably, to rename it at
 * its next start.
 */
final class RenameFileOperation {
  private final Mover mover;
  private final LaterRenames later;

  RenameFileOperation(Mover mover, LaterRenames later) {
    this.mover = mover;
    this.later = later;
  }

  Ending run(FileOperation.Rename operation, OperationContext context) throws IOException {
    Path from = FilePath.ofChange(operation.from());
    Path to = FilePath.ofChange(operation.to());
    boolean renamed = true;
    try {
      mover.move(from, to, operation.replace());
    } catch (IOException e) {
      if (!operation.later() || !mover.isLocked(e)) {
        throw e;
      }
      later.put(context.id(), from, to, operation.replace());
      renamed = false;
    }
    return Ending.found(JsonObject.builder().put("renamed", renamed).build());
  }
}
