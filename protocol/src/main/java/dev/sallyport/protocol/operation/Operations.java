package dev.sallyport.protocol.operation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/** From names and bytes to operations and back; an explicit list, nothing is looked up by reflection (incident T13). */
public final class Operations {
  /** Most bytes of an operation's arguments as JSON: 256 KiB. */
  public static final int MAX_ARGUMENT_BYTES = 256 << 10;

  private static final JsonLimits LIMITS = JsonLimits.ofBytes(MAX_ARGUMENT_BYTES);

  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final List<OperationDescription> KNOWN = List.of(process(RunProgram.NAME), process(RunShell.NAME),
      look(HostProperties.NAME), look(ProcessorProperties.NAME), look(MemoryProperties.NAME), look(DiskProperties.NAME),
      look(AddressProperties.NAME), look(FileProperties.NAME));

  private Operations() {
  }

  /**
   * Reads an operation.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  public static Operation decode(String name, JsonObject arguments) {
    return switch (name) {
      case RunProgram.NAME -> RunProgram.decode(arguments);
      case RunShell.NAME -> RunShell.decode(arguments);
      case HostProperties.NAME -> HostProperties.decode(arguments);
      case ProcessorProperties.NAME -> ProcessorProperties.decode(arguments);
      case MemoryProperties.NAME -> MemoryProperties.decode(arguments);
      case DiskProperties.NAME -> DiskProperties.decode(arguments);
      case AddressProperties.NAME -> AddressProperties.decode(arguments);
      case FileProperties.NAME -> FileProperties.decode(arguments);
      default -> throw new ProtocolException("unknown operation");
    };
  }

  /** Reads an operation whose arguments are still bytes. */
  public static Operation decode(String name, byte[] arguments) {
    return decode(name, Json.parseObject(arguments, LIMITS));
  }

  /** Returns what this version knows, the one table of the protocol; an agent describes the part it can do. */
  public static List<OperationDescription> known() {
    return KNOWN;
  }

  /** Returns whether this version knows an operation; the agent answers {@link Outcome#UNSUPPORTED} to others. */
  public static boolean knows(String name) {
    for (OperationDescription description : KNOWN) {
      if (description.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the arguments in the bytes they travel in.
   *
   * @throws ProtocolException if they are more than {@link #MAX_ARGUMENT_BYTES}; characters that JSON escapes count six
   */
  public static byte[] encode(Operation operation) {
    byte[] bytes = operation.arguments().bytes();
    if (bytes.length > MAX_ARGUMENT_BYTES) {
      throw new ProtocolException("arguments of " + operation.name() + ": expected at most " + MAX_ARGUMENT_BYTES
          + " bytes as JSON, found " + bytes.length + "; send long input as a file");
    }
    return bytes;
  }

  /**
   * Returns SHA-256 of name, zero byte and arguments: what must be equal when an {@link OperationId} comes a second time.
   */
  public static byte[] digest(Operation operation) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(operation.name().getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
      return sha256.digest(encode(operation));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static OperationDescription process(String name) {
    return new OperationDescription(name, 1, Effect.CHANGE, Privilege.ORDINARY, ActionClass.EXEC, Limits.MAX_TIME,
        Limits.MAX_OUTPUT_BYTES, EnumSet.allOf(Platform.class));
  }

  private static OperationDescription look(String name) {
    return new OperationDescription(name, 1, Effect.READ, Privilege.ORDINARY, ActionClass.READ, LOOK, 0,
        EnumSet.allOf(Platform.class));
  }
}
