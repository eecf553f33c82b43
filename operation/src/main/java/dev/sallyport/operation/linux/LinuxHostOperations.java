package dev.sallyport.operation.linux;

import java.nio.file.Path;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.operation.host.AddressPropertiesOperation;
import dev.sallyport.protocol.operation.HostOperation;

/** The family of operations that look at a Linux machine as a whole. */
public final class LinuxHostOperations implements Primitive<HostOperation> {
  private final LinuxHostOperation host;
  private final LinuxProcessorsOperation processors;
  private final LinuxMemoryOperation memory;
  private final LinuxDisksOperation disks;
  private final AddressPropertiesOperation addresses = new AddressPropertiesOperation();

  /**
   * @param root of the file system
   */
  public LinuxHostOperations(Path root) {
    Path proc = root.resolve("proc");
    this.host = new LinuxHostOperation(root);
    this.processors = new LinuxProcessorsOperation(proc);
    this.memory = new LinuxMemoryOperation(proc);
    this.disks = new LinuxDisksOperation(proc, root.resolve("sys"));
  }

  @Override
  public Ending run(HostOperation operation, OperationContext context) {
    return switch (operation) {
      case HostOperation.Properties properties -> host.run(properties, context);
      case HostOperation.Processors properties -> processors.run(properties, context);
      case HostOperation.Memory properties -> memory.run(properties, context);
      case HostOperation.Disks properties -> disks.run(properties, context);
      case HostOperation.Addresses properties -> addresses.run(properties, context);
    };
  }
}
