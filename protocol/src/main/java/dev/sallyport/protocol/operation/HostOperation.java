package dev.sallyport.protocol.operation;

import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** Looks at the machine as a whole; none takes arguments. */
public sealed interface HostOperation extends Operation {
  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Properties.DESCRIPTION, Processors.DESCRIPTION, Memory.DESCRIPTION, Disks.DESCRIPTION,
        Addresses.DESCRIPTION);
  }

  @Override
  default JsonObject arguments() {
    return JsonObject.EMPTY;
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or there are arguments
   */
  static HostOperation decode(String name, JsonObject arguments) {
    HostOperation operation = switch (name) {
      case Properties.NAME -> new Properties();
      case Processors.NAME -> new Processors();
      case Memory.NAME -> new Memory();
      case Disks.NAME -> new Disks();
      case Addresses.NAME -> new Addresses();
      default -> throw Operations.unknown();
    };
    arguments.onlyFields();
    return operation;
  }

  private static OperationDescription look(String name) {
    return OperationDescription.looking(name, ActionClass.READ);
  }

  /** Names and versions: host, operating system, kernel, architecture, start of the system. */
  record Properties() implements HostOperation {
    static final String NAME = "host.properties";
    static final OperationDescription DESCRIPTION = look(NAME);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }
  }

  /** The processors: model, cores, speed, load. */
  record Processors() implements HostOperation {
    static final String NAME = "host.processors";
    static final OperationDescription DESCRIPTION = look(NAME);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }
  }

  /** Main memory and swap: total, used, free. */
  record Memory() implements HostOperation {
    static final String NAME = "host.memory";
    static final OperationDescription DESCRIPTION = look(NAME);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }
  }

  /** Disks and mounted file systems: size, use, type. */
  record Disks() implements HostOperation {
    static final String NAME = "host.disks";
    static final OperationDescription DESCRIPTION = look(NAME);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }
  }

  /** Network interfaces and their addresses. */
  record Addresses() implements HostOperation {
    static final String NAME = "host.addresses";
    static final OperationDescription DESCRIPTION = look(NAME);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }
  }
}
