package dev.sallyport.operation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.sallyport.operation.file.FilePropertiesOperation;
import dev.sallyport.operation.host.AddressPropertiesOperation;
import dev.sallyport.operation.host.HostFacts;
import dev.sallyport.operation.linux.LinuxDisksOperation;
import dev.sallyport.operation.linux.LinuxHostOperation;
import dev.sallyport.operation.linux.LinuxMemoryOperation;
import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.operation.linux.LinuxProcessorsOperation;
import dev.sallyport.operation.process.ProcessRunner;
import dev.sallyport.operation.process.ProcessTable;
import dev.sallyport.operation.process.RunProgramOperation;
import dev.sallyport.operation.process.RunShellOperation;
import dev.sallyport.protocol.operation.AddressProperties;
import dev.sallyport.protocol.operation.DiskProperties;
import dev.sallyport.protocol.operation.FileProperties;
import dev.sallyport.protocol.operation.HostProperties;
import dev.sallyport.protocol.operation.MemoryProperties;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.Platform;
import dev.sallyport.protocol.operation.ProcessorProperties;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.protocol.operation.RunShell;

/**
 * The table of all primitive operations: an explicit list, nothing is found by name or reflection (incident T13).
 *
 * <p>An operation that is not built for this machine's operating system answers {@code unsupported} and is not offered to the server.
 */
public final class PrimitiveOperations {
  private static final Path PROC = Path.of("/proc");

  private final Optional<Platform> platform;
  private final Primitive<RunProgram> runProgram;
  private final Primitive<RunShell> runShell;
  private final Primitive<HostProperties> host = new LinuxHostOperation(Path.of("/"));
  private final Primitive<ProcessorProperties> processors = new LinuxProcessorsOperation(PROC);
  private final Primitive<MemoryProperties> memory = new LinuxMemoryOperation(PROC);
  private final Primitive<DiskProperties> disks = new LinuxDisksOperation(PROC, Path.of("/sys"));
  private final Primitive<AddressProperties> addresses = new AddressPropertiesOperation();
  private final Primitive<FileProperties> fileProperties = new FilePropertiesOperation();

  PrimitiveOperations(Optional<Platform> platform) {
    this.platform = platform;
    boolean linux = platform.isPresent() && platform.get() == Platform.LINUX;
    ProcessRunner runner = ProcessRunner.create(linux ? new LinuxProcessTable(PROC) : ProcessTable.PORTABLE);
    this.runProgram = new RunProgramOperation(runner);
    this.runShell = new RunShellOperation(runner);
  }

  /** The operations of the operating system this process runs on. */
  public static PrimitiveOperations ofThisMachine() {
    return new PrimitiveOperations(platformOf(System.getProperty("os.name", "")));
  }

  static Optional<Platform> platformOf(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return Optional.of(Platform.LINUX);
    }
    if (name.startsWith("windows")) {
      return Optional.of(Platform.WINDOWS);
    }
    return name.startsWith("mac") ? Optional.of(Platform.MACOS) : Optional.empty();
  }

  /** What this machine can do. */
  public List<OperationDescription> descriptions() {
    var here = new ArrayList<OperationDescription>();
    for (Primitive<?> primitive : all()) {
      if (builtForHere(primitive)) {
        here.add(primitive.description());
      }
    }
    return here;
  }

  /** What is built at all, on whatever operating system. */
  List<Primitive<?>> all() {
    return List.of(runProgram, runShell, host, processors, memory, disks, addresses, fileProperties);
  }

  /** Who this machine is, for the agent to introduce itself. */
  public HostFacts hostFacts() {
    return platform.isPresent() && platform.get() == Platform.LINUX
        ? LinuxHostOperation.facts(Path.of("/"))
        : HostFacts.portable();
  }

  /** What is declared about this operation, whether or not it is built for this machine. */
  public OperationDescription describe(Operation operation) {
    return primitiveOf(operation).description();
  }

  private Primitive<?> primitiveOf(Operation operation) {
    return switch (operation) {
      case RunProgram _ -> runProgram;
      case RunShell _ -> runShell;
      case HostProperties _ -> host;
      case ProcessorProperties _ -> processors;
      case MemoryProperties _ -> memory;
      case DiskProperties _ -> disks;
      case AddressProperties _ -> addresses;
      case FileProperties _ -> fileProperties;
    };
  }

  /** Runs the operation on the calling thread; an interrupt cancels it. */
  public Ending run(Operation operation, OperationContext context) {
    if (!builtForHere(primitiveOf(operation))) {
      return Ending.without(Outcome.UNSUPPORTED,
          operation.name() + " is not built for this machine's operating system");
    }
    return switch (operation) {
      case RunProgram program -> runProgram.run(program, context);
      case RunShell shell -> runShell.run(shell, context);
      case HostProperties properties -> host.run(properties, context);
      case ProcessorProperties properties -> processors.run(properties, context);
      case MemoryProperties properties -> memory.run(properties, context);
      case DiskProperties properties -> disks.run(properties, context);
      case AddressProperties properties -> addresses.run(properties, context);
      case FileProperties properties -> fileProperties.run(properties, context);
    };
  }

  private boolean builtForHere(Primitive<?> primitive) {
    return platform.isPresent() && primitive.description().platforms().contains(platform.get());
  }
}
