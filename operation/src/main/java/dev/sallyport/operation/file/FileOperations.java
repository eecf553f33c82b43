package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.operation.note.Notes;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.TransferOperation;

/** The family of operations on files and directories. */
public final class FileOperations implements Primitive<FileOperation> {
  private final FilePropertiesOperation properties = new FilePropertiesOperation();
  private final ListDirectoryOperation list = new ListDirectoryOperation();
  private final ReadFileOperation read = new ReadFileOperation();
  private final DigestFileOperation digest = new DigestFileOperation();
  private final DeleteFileOperation delete = new DeleteFileOperation();
  private final RenameFileOperation rename;
  private final LaterRenames laterRenames;
  private final PartFiles parts;
  private final Transfers transfers;

  /**
   * @param notes a directory for what must be remembered beyond the agent's end
   */
  public FileOperations(Path notes, InstantSource clock) {
    this(notes, clock, Mover.SYSTEM);
  }

  FileOperations(Path notes, InstantSource clock, Mover mover) {
    this.laterRenames = new LaterRenames(new Notes(notes.resolve("renames")), mover, clock);
    this.rename = new RenameFileOperation(mover, laterRenames);
    this.parts = new PartFiles(new Notes(notes.resolve("transfers")), clock);
    this.transfers = new Transfers(parts);
  }

  /** Does what an earlier run of the agent left to be done; returns in words what is worth a line in its log. */
  public List<String> start() {
    var told = new ArrayList<String>();
    try {
      told.addAll(laterRenames.start());
      parts.sweep();
    } catch (IOException e) {
      told.add("what was left to be done could not be read: " + FileEndings.explain(e));
    }
    return told;
  }

  @Override
  public Ending run(FileOperation operation, OperationContext context) {
    try {
      return switch (operation) {
        case FileOperation.Properties of -> properties.run(of);
        case FileOperation.ListDirectory page -> list.run(page);
        case FileOperation.Read block -> read.run(block, context);
        case FileOperation.Digest of -> digest.run(of);
        case FileOperation.Delete of -> delete.run(of);
        case FileOperation.Rename of -> rename.run(of, context);
        case FileOperation.Renames _ -> laterRenames.list();
        case TransferOperation transfer -> transfers.run(transfer, context);
      };
    } catch (IOException e) {
      return FileEndings.of(e);
    }
  }
}
