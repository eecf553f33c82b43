package dev.sallyport.operation;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.sallyport.operation.audit.AuditOperations;
import dev.sallyport.operation.event.EventOperations;
import dev.sallyport.operation.file.FileOperations;
import dev.sallyport.operation.host.HostFacts;
import dev.sallyport.operation.linux.LinuxHostOperation;
import dev.sallyport.operation.linux.LinuxHostOperations;
import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.operation.power.PowerCommands;
import dev.sallyport.operation.power.PowerOperations;
import dev.sallyport.operation.process.ProcessOperations;
import dev.sallyport.operation.process.ProcessRunner;
import dev.sallyport.operation.process.ProcessTable;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.operation.process.ValueOperations;
import dev.sallyport.operation.registry.RegTool;
import dev.sallyport.operation.registry.RegistryOperations;
import dev.sallyport.operation.user.UserOperations;
import dev.sallyport.protocol.operation.AuditOperation;
import dev.sallyport.protocol.operation.EventOperation;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.LibraryOperation;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.Platform;
import dev.sallyport.protocol.operation.PowerOperation;
import dev.sallyport.protocol.operation.ProcessOperation;
import dev.sallyport.protocol.operation.RegistryOperation;
import dev.sallyport.protocol.operation.UserOperation;
import dev.sallyport.protocol.operation.ValueOperation;

/**
 * The table of all primitive operations, a family each: an explicit list, nothing is found by name or reflection (incident T13).
 *
 * <p>An operation that is not built for this machine's operating system answers {@code unsupported} and is not offered to the server.
 */
public final class PrimitiveOperations {
  private static final Path ROOT = Path.of("/");

  private final Optional<Platform> platform;
  private final Primitive<ProcessOperation> processes;
  private final Primitive<PowerOperation> power;
  private final Primitive<UserOperation> users;
  private final Primitive<RegistryOperation> registry;
  private final Primitive<EventOperation> events;
  private final Primitive<ValueOperation> values = new ValueOperations();
  private final Primitive<HostOperation> host = new LinuxHostOperations(ROOT);
  private final FileOperations files;
  private final Primitive<AuditOperation> audit;
  private final Primitive<LibraryOperation> libraries;
  private final boolean hasLibraries;

  PrimitiveOperations(Optional<Platform> platform, Path notes) {
    this(platform, notes, Optional.empty());
  }

  private PrimitiveOperations(Optional<Platform> platform, Path notes,
      Optional<Primitive<LibraryOperation>> libraries) {
    this.platform = platform;
    this.hasLibraries = libraries.isPresent();
    this.libraries = libraries.orElse((_, _) -> Ending.without(Outcome.UNSUPPORTED, "this agent loads no libraries"));
    this.files = new FileOperations(notes, InstantSource.system());
    ProcessTable table = isLinux(platform) ? new LinuxProcessTable(ROOT.resolve("proc")) : ProcessTable.PORTABLE;
    ProcessRunner runner = ProcessRunner.create(table);
    this.processes = new ProcessOperations(runner, table);
    var tool = new SystemTool(runner);
    this.power = new PowerOperations(tool, PowerCommands.of(platform));
    this.users = UserOperations.ofLinux(ROOT, tool);
    this.events = new EventOperations(platform, tool);
    this.registry = new RegistryOperations(tool, RegTool.ofWindows(notes));
    this.audit = new AuditOperations(ROOT, tool, notes);
  }

  /**
   * The operations of the operating system this process runs on.
   *
   * @param notes a directory of the agent's own for what must be remembered beyond its end; made when it is needed
   */
  public static PrimitiveOperations ofThisMachine(Path notes) {
    return new PrimitiveOperations(thisPlatform(), notes);
  }

  /** As {@link #ofThisMachine(Path)}, with libraries beside what is built in. */
  public static PrimitiveOperations ofThisMachine(Path notes, Primitive<LibraryOperation> libraries) {
    return new PrimitiveOperations(thisPlatform(), notes, Optional.of(libraries));
  }

  /** Does what an earlier run of the agent left to be done; returns in words what is worth a line in its log. May take a while. */
  public List<String> start() {
    return files.start();
  }

  /** The operating system this process runs on, if it is one of those that operations know. */
  public static Optional<Platform> thisPlatform() {
    return platformOf(System.getProperty("os.name", ""));
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

  private static boolean isLinux(Optional<Platform> platform) {
    return platform.isPresent() && platform.get() == Platform.LINUX;
  }

  /** What this machine can do. */
  public List<OperationDescription> descriptions() {
    var here = new ArrayList<OperationDescription>();
    for (OperationDescription description : Operations.known()) {
      if (builtForHere(description) && (hasLibraries || !LibraryOperation.descriptions().contains(description))) {
        here.add(description);
      }
    }
    return here;
  }

  /** Who this machine is, for the agent to introduce itself. */
  public static HostFacts hostFacts() {
    return isLinux(thisPlatform()) ? LinuxHostOperation.facts(ROOT) : HostFacts.portable();
  }

  /** Runs the operation on the calling thread; an interrupt cancels it. */
  public Ending run(Operation operation, OperationContext context) {
    if (!builtForHere(operation.description())) {
      return Ending.without(Outcome.UNSUPPORTED,
          operation.name() + " is not built for this machine's operating system");
    }
    return switch (operation) {
      case ProcessOperation process -> processes.run(process, context);
      case PowerOperation order -> power.run(order, context);
      case UserOperation order -> users.run(order, context);
      case HostOperation look -> host.run(look, context);
      case RegistryOperation order -> registry.run(order, context);
      case EventOperation order -> events.run(order, context);
      case ValueOperation value -> values.run(value, context);
      case FileOperation file -> files.run(file, context);
      case AuditOperation take -> audit.run(take, context);
      case LibraryOperation order -> libraries.run(order, context);
    };
  }

  private boolean builtForHere(OperationDescription description) {
    return platform.isPresent() && description.platforms().contains(platform.get());
  }
}
