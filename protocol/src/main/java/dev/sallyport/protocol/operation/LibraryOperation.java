package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Libraries that the agent keeps and loads. A jar is named by its SHA-256, never by a name of its own; it is taken only after its signature was
 * shown and found good ({@link Offer}), and whole ({@link Keep}).
 */
public sealed interface LibraryOperation extends Operation {
  /** How long a jar may be looked through. */
  Duration THOROUGH = Duration.ofMinutes(2);

  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Trust.DESCRIPTION, Offer.DESCRIPTION, Put.DESCRIPTION, Keep.DESCRIPTION, Call.DESCRIPTION,
        Held.DESCRIPTION, Drop.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static LibraryOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Trust.NAME -> Trust.decode(arguments);
      case Offer.NAME -> Offer.decode(arguments);
      case Put.NAME -> Put.decode(arguments);
      case Keep.NAME -> Keep.decode(arguments);
      case Call.NAME -> Call.decode(arguments);
      case Held.NAME -> Held.decode(arguments);
      case Drop.NAME -> Drop.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  private static OperationDescription changing(String name) {
    return OperationDescription.changing(name, ActionClass.PLUGIN);
  }

  private static Bytes jar(JsonObject arguments) {
    return Bytes.of(arguments.bytes("jar", InputDigest.SHA256_BYTES, InputDigest.SHA256_BYTES));
  }

  private static JsonObject.Builder named(Bytes jar) {
    return JsonObject.builder().putBytes("jar", jar.toArray());
  }

  private static void requireJar(Bytes jar) {
    jar.requireLength("jar", InputDigest.SHA256_BYTES);
  }

  private static void requireStatement(Bytes statement, int max) {
    if (statement.isEmpty() || statement.length() > max) {
      throw new ProtocolException("statement: expected 1 to " + max + " bytes");
    }
  }

  /**
   * Tells whom to believe about libraries.
   *
   * @param statement signed by the server's installer key, at most {@link #MAX_BYTES}
   */
  record Trust(Bytes statement) implements LibraryOperation {
    /** Most bytes of the statement. */
    public static final int MAX_BYTES = 64 << 10;

    static final String NAME = "library.trust";
    static final OperationDescription DESCRIPTION = changing(NAME);

    /** Checks. */
    public Trust {
      requireStatement(statement, MAX_BYTES);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().putBytes("statement", statement.toArray()).build();
    }

    static Trust decode(JsonObject arguments) {
      arguments.onlyFields("statement");
      return new Trust(Bytes.of(arguments.bytes("statement", 1, MAX_BYTES)));
    }
  }

  /**
   * Shows what is signed about a library. Only what is believed may be sent.
   *
   * @param statement signed by a library key, at most {@link #MAX_BYTES}
   */
  record Offer(Bytes statement) implements LibraryOperation {
    /** Most bytes of the statement. */
    public static final int MAX_BYTES = 8 << 10;

    static final String NAME = "library.offer";
    static final OperationDescription DESCRIPTION = changing(NAME);

    /** Checks. */
    public Offer {
      requireStatement(statement, MAX_BYTES);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().putBytes("statement", statement.toArray()).build();
    }

    static Offer decode(JsonObject arguments) {
      arguments.onlyFields("statement");
      return new Offer(Bytes.of(arguments.bytes("statement", 1, MAX_BYTES)));
    }
  }

  /**
   * Adds a block to a jar that was offered; the block is the operation's input.
   *
   * @param jar SHA-256 of the whole jar
   * @param offset of the block's first byte, at most as many as are there already
   * @param input the block
   */
  record Put(Bytes jar, int offset, InputDigest input) implements LibraryOperation {
    static final String NAME = "library.put";
    static final OperationDescription DESCRIPTION = changing(NAME).within(THOROUGH);

    /** Checks. */
    public Put {
      requireJar(jar);
      if (offset < 0 || offset > Integer.MAX_VALUE - InputDigest.MAX_BYTES) {
        throw new ProtocolException("offset: expected at least 0, found " + offset);
      }
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return input.put(named(jar).put("offset", offset)).build();
    }

    static Put decode(JsonObject arguments) {
      arguments.onlyFields("jar", "offset", "bytes", "sha256");
      return new Put(LibraryOperation.jar(arguments),
          (int) arguments.integer("offset", 0, Integer.MAX_VALUE - InputDigest.MAX_BYTES),
          InputDigest.fromJson(arguments));
    }
  }

  /** Checks the whole jar and keeps it. */
  record Keep(Bytes jar) implements LibraryOperation {
    static final String NAME = "library.keep";
    static final OperationDescription DESCRIPTION = changing(NAME).within(THOROUGH);

    /** Checks. */
    public Keep {
      requireJar(jar);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return named(jar).build();
    }

    static Keep decode(JsonObject arguments) {
      arguments.onlyFields("jar");
      return new Keep(LibraryOperation.jar(arguments));
    }
  }

  /**
   * Calls a function of a library that is kept; one that is not ends as {@code refused}, with {@code held} false in its value.
   *
   * @param jar SHA-256 of the library's jar
   * @param function its name, as the library's manifest has it
   * @param parameters at most {@link #MAX_PARAMETERS}, of the types the manifest tells
   * @param limits when it is given up, and how much it may print
   */
  record Call(Bytes jar, String function, List<Json> parameters, Limits limits) implements LibraryOperation {
    /** Most parameters. */
    public static final int MAX_PARAMETERS = 16;

    static final String NAME = "library.call";
    static final OperationDescription DESCRIPTION = changing(NAME).within(Limits.MAX_TIME)
        .output(Limits.MAX_OUTPUT_BYTES);

    private static final int MAX_NAME_LENGTH = 64;

    /** Copies and checks. */
    public Call {
      requireJar(jar);
      PlainText.requireNonEmpty("function", function, MAX_NAME_LENGTH);
      if (parameters.size() > MAX_PARAMETERS) {
        throw new ProtocolException("parameters: expected at most " + MAX_PARAMETERS);
      }
      parameters = List.copyOf(parameters);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public long outputLimit() {
      return limits.outputBytes();
    }

    @Override
    public JsonObject arguments() {
      return named(jar).put("function", function).put("parameters", JsonArray.of(parameters))
          .put("limits", limits.toJson()).build();
    }

    /** Parameters may hold secrets. */
    @Override
    public String toString() {
      return "Call[" + function + ", " + parameters.size() + " parameters, " + limits + "]";
    }

    static Call decode(JsonObject arguments) {
      arguments.onlyFields("jar", "function", "parameters", "limits");
      JsonArray given = arguments.array("parameters");
      if (given.size() > MAX_PARAMETERS) {
        throw given.refused("expected at most " + MAX_PARAMETERS + " parameters");
      }
      var parameters = new ArrayList<Json>();
      for (int i = 0; i < given.size(); i++) {
        parameters.add(given.get(i));
      }
      return new Call(LibraryOperation.jar(arguments), arguments.string("function", MAX_NAME_LENGTH), parameters,
          Limits.fromJson(arguments.object("limits")));
    }
  }

  /** Which libraries are kept, and which of them are loaded. */
  record Held() implements LibraryOperation {
    static final String NAME = "library.list";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.EMPTY;
    }

    static Held decode(JsonObject arguments) {
      arguments.onlyFields();
      return new Held();
    }
  }

  /** Unloads a library when its last call has ended, and keeps its jar no longer. */
  record Drop(Bytes jar) implements LibraryOperation {
    static final String NAME = "library.drop";
    static final OperationDescription DESCRIPTION = changing(NAME);

    /** Checks. */
    public Drop {
      requireJar(jar);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return named(jar).build();
    }

    static Drop decode(JsonObject arguments) {
      arguments.onlyFields("jar");
      return new Drop(LibraryOperation.jar(arguments));
    }
  }
}
