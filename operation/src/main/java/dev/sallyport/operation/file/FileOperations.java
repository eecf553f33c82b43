package dev.sallyport.operation.file;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.operation.FileOperation;

/** The family of operations on files and directories. */
public final class FileOperations implements Primitive<FileOperation> {
  private final FilePropertiesOperation properties = new FilePropertiesOperation();

  @Override
  public Ending run(FileOperation operation, OperationContext context) {
    return switch (operation) {
      case FileOperation.Properties of -> properties.run(of, context);
    };
  }
}
