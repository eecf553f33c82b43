package dev.sallyport.protocol.operation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/** From names and bytes to operations and back; an explicit list, nothing is looked up by reflection (incident T13). */
public final class Operations {
  /** Most bytes of an operation's arguments as JSON: 256 KiB. */
  public static final int MAX_ARGUMENT_BYTES = 256 << 10;

  private static final JsonLimits LIMITS = JsonLimits.ofBytes(MAX_ARGUMENT_BYTES);

  private static final Map<String, OperationDescription> KNOWN = index(
      List.of(ProcessOperation.descriptions(), PowerOperation.descriptions(), UserOperation.descriptions(),
          HostOperation.descriptions(),
          EventOperation.descriptions(), ValueOperation.descriptions(), FileOperation.descriptions(),
          RegistryOperation.descriptions(), AuditOperation.descriptions(), LibraryOperation.descriptions()));

  private Operations() {
  }

  /**
   * Reads an operation.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  public static Operation decode(String name, JsonObject arguments) {
    int dot = name.indexOf('.');
    return switch (dot < 0 ? name : name.substring(0, dot)) {
      case "process", "shell" -> ProcessOperation.decode(name, arguments);
      case "power" -> PowerOperation.decode(name, arguments);
      case "user" -> UserOperation.decode(name, arguments);
      case "host" -> HostOperation.decode(name, arguments);
      case "file" -> FileOperation.decode(name, arguments);
      case "eventlog" -> EventOperation.decode(name, arguments);
      case "value" -> ValueOperation.decode(name, arguments);
      case "registry" -> RegistryOperation.decode(name, arguments);
      case "audit" -> AuditOperation.decode(name, arguments);
      case "library" -> LibraryOperation.decode(name, arguments);
      default -> throw unknown();
    };
  }

  /** Reads an operation whose arguments are still bytes. */
  public static Operation decode(String name, byte[] arguments) {
    return decode(name, Json.parseObject(arguments, LIMITS));
  }

  /** Returns what this version knows, the one table of the protocol; an agent describes the part it can do. */
  public static List<OperationDescription> known() {
    return List.copyOf(KNOWN.values());
  }

  /** Returns whether this version knows an operation; the agent answers {@link Outcome#UNSUPPORTED} to others. */
  public static boolean knows(String name) {
    return KNOWN.containsKey(name);
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
    MessageDigest sha256 = InputDigest.hasher();
    sha256.update(operation.name().getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    return sha256.digest(encode(operation));
  }

  static ProtocolException unknown() {
    return new ProtocolException("unknown operation");
  }

  private static Map<String, OperationDescription> index(List<List<OperationDescription>> families) {
    Map<String, OperationDescription> index = new LinkedHashMap<>();
    for (List<OperationDescription> family : families) {
      for (OperationDescription description : family) {
        index.put(description.name(), description);
      }
    }
    return index;
  }
}
