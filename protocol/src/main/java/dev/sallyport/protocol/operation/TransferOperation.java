package dev.sallyport.protocol.operation;

import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.OsText;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.protocol.json.JsonObject;

/**
 * A file on its way to a machine: blocks into a temporary file beside the target, which takes the target's name when it is whole.
 *
 * <p>A transfer is named by a UUID of whoever sends it; until {@link Commit} the target is untouched.
 */
public sealed interface TransferOperation extends FileOperation {
  /** Returns the transfer's id, a UUID in lower case. */
  String transfer();

  /** Returns the path of the target. */
  String path();

  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Write.DESCRIPTION, Commit.DESCRIPTION, Abort.DESCRIPTION, State.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static TransferOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Write.NAME -> Write.decode(arguments);
      case Commit.NAME -> Commit.decode(arguments);
      case Abort.NAME -> Abort.decode(arguments);
      case State.NAME -> State.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  private static void check(String transfer, String path) {
    Uuids.require("transfer", transfer);
    OsText.requireNonEmpty("path", path, MAX_PATH_BYTES);
  }

  private static String transfer(JsonObject arguments) {
    return arguments.string("transfer", Uuids.LENGTH);
  }

  private static String path(JsonObject arguments) {
    return arguments.string("path", MAX_PATH_BYTES);
  }

  private static JsonObject.Builder named(String transfer, String path) {
    return JsonObject.builder().put("transfer", transfer).put("path", path);
  }

  /**
   * Puts a block into the temporary file; the block is the operation's input.
   *
   * @param offset of the block's first byte, at most as many as are there already: a file has no holes
   * @param input the block
   */
  record Write(String transfer, String path, long offset, InputDigest input) implements TransferOperation {
    static final String NAME = "file.write";
    static final OperationDescription DESCRIPTION = OperationDescription.changing(NAME, ActionClass.FILE_PUT)
        .within(LONG);

    /** Checks. */
    public Write {
      check(transfer, path);
      if (offset < 0 || offset > Long.MAX_VALUE - InputDigest.MAX_BYTES) {
        throw new ProtocolException("offset: expected at least 0, found " + offset);
      }
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return input.put(named(transfer, path).put("offset", offset)).build();
    }

    static Write decode(JsonObject arguments) {
      arguments.onlyFields("transfer", "path", "offset", "bytes", "sha256");
      return new Write(TransferOperation.transfer(arguments), TransferOperation.path(arguments),
          arguments.integer("offset", 0, Long.MAX_VALUE), InputDigest.fromJson(arguments));
    }
  }

  /**
   * Checks that the temporary file is whole, gives it owner and mode, makes it durable and gives it the target's name, all or nothing.
   *
   * @param bytes its size
   * @param sha256 of its content
   * @param mode four octal digits, or empty for the target's own, or 0600 where there is no target
   * @param owner name of an account, or empty for the target's own, or the agent's where there is no target
   * @param group name of a group, or empty likewise
   */
  record Commit(String transfer, String path, long bytes, Bytes sha256, String mode, String owner, String group)
      implements
        TransferOperation {
    /** Most characters of an account's or group's name. */
    public static final int MAX_NAME_LENGTH = 256;

    static final String NAME = "file.commit";
    static final OperationDescription DESCRIPTION = OperationDescription.changing(NAME, ActionClass.FILE_PUT)
        .within(LONG);

    private static final int MODE_LENGTH = 4;

    /** Checks. */
    public Commit {
      check(transfer, path);
      sha256.requireLength("sha256", InputDigest.SHA256_BYTES);
      if (bytes < 0) {
        throw new ProtocolException("bytes: expected at least 0, found " + bytes);
      }
      if (!isMode(mode)) {
        throw new ProtocolException("mode: expected four octal digits, for example 0644");
      }
      PlainText.require("owner", owner, MAX_NAME_LENGTH);
      PlainText.require("group", group, MAX_NAME_LENGTH);
    }

    private static boolean isMode(String mode) {
      for (int i = 0; i < mode.length(); i++) {
        if (mode.charAt(i) < '0' || mode.charAt(i) > '7') {
          return false;
        }
      }
      return mode.isEmpty() || mode.length() == MODE_LENGTH;
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      var json = named(transfer, path).put("bytes", bytes).putBytes("sha256", sha256.toArray());
      putIfAny(json, "mode", mode);
      putIfAny(json, "owner", owner);
      putIfAny(json, "group", group);
      return json.build();
    }

    private static void putIfAny(JsonObject.Builder json, String name, String value) {
      if (!value.isEmpty()) {
        json.put(name, value);
      }
    }

    static Commit decode(JsonObject arguments) {
      arguments.onlyFields("transfer", "path", "bytes", "sha256", "mode", "owner", "group");
      return new Commit(TransferOperation.transfer(arguments), TransferOperation.path(arguments),
          arguments.integer("bytes", 0, Long.MAX_VALUE), InputDigest.sha256Of(arguments),
          arguments.string("mode", "", MODE_LENGTH), arguments.string("owner", "", MAX_NAME_LENGTH),
          arguments.string("group", "", MAX_NAME_LENGTH));
    }
  }

  /** Gives a transfer up: the temporary file goes, the target stays as it is. */
  record Abort(String transfer, String path) implements TransferOperation {
    static final String NAME = "file.abort";
    static final OperationDescription DESCRIPTION = OperationDescription.changing(NAME, ActionClass.FILE_PUT);

    /** Checks. */
    public Abort {
      check(transfer, path);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return named(transfer, path).build();
    }

    static Abort decode(JsonObject arguments) {
      arguments.onlyFields("transfer", "path");
      return new Abort(TransferOperation.transfer(arguments), TransferOperation.path(arguments));
    }
  }

  /** How far a transfer has come. */
  record State(String transfer, String path) implements TransferOperation {
    static final String NAME = "file.transfer";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ);

    /** Checks. */
    public State {
      check(transfer, path);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return named(transfer, path).build();
    }

    static State decode(JsonObject arguments) {
      arguments.onlyFields("transfer", "path");
      return new State(TransferOperation.transfer(arguments), TransferOperation.path(arguments));
    }
  }
}
