package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.OsText;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Files and directories. A path is absolute and spelled as the machine's operating system spells it, or a {@code file:} URI, whose
 * percent signs can spell what is no UTF-8; it has at most {@value #MAX_PATH_BYTES} bytes of UTF-8.
 */
public sealed interface FileOperation extends Operation
    permits FileOperation.Properties, FileOperation.ListDirectory, FileOperation.Read, FileOperation.Digest,
    FileOperation.Delete, FileOperation.Rename, FileOperation.Renames, TransferOperation {
  /** Most bytes of a path in UTF-8: Linux allows 4,096 bytes, Windows 32,767 UTF-16 units. */
  int MAX_PATH_BYTES = 32_768;

  /** Most characters of what a file's state is called by, see {@link Read#version}. */
  int MAX_VERSION_LENGTH = 128;

  /** How long work may take that goes through all of a file or a tree. */
  Duration LONG = Duration.ofHours(1);

  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    var all = new ArrayList<>(List.of(Properties.DESCRIPTION, ListDirectory.DESCRIPTION, Read.DESCRIPTION,
        Digest.DESCRIPTION, Delete.DESCRIPTION, Rename.DESCRIPTION, Renames.DESCRIPTION));
    all.addAll(TransferOperation.descriptions());
    return all;
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static FileOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Properties.NAME -> Properties.decode(arguments);
      case ListDirectory.NAME -> ListDirectory.decode(arguments);
      case Read.NAME -> Read.decode(arguments);
      case Digest.NAME -> Digest.decode(arguments);
      case Delete.NAME -> Delete.decode(arguments);
      case Rename.NAME -> Rename.decode(arguments);
      case Renames.NAME -> Renames.decode(arguments);
      default -> TransferOperation.decode(name, arguments);
    };
  }

  private static String path(JsonObject arguments) {
    return arguments.string("path", MAX_PATH_BYTES);
  }

  private static void requirePath(String what, String path) {
    OsText.requireNonEmpty(what, path, MAX_PATH_BYTES);
  }

  /** Kind, size, times, owner and rights of one file or directory, not its content. */
  record Properties(String path) implements FileOperation {
    static final String NAME = "file.properties";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ);

    /** Refuses what no operating system takes as a path. */
    public Properties {
      requirePath("path", path);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("path", path).build();
    }

    static Properties decode(JsonObject arguments) {
      arguments.onlyFields("path");
      return new Properties(FileOperation.path(arguments));
    }
  }

  /**
   * One page of a directory, in the order of the names' bytes.
   *
   * @param after where the page before ended, as its answer said; empty for the first page
   * @param limit most entries, 1 to {@link #MAX_ENTRIES}
   */
  record ListDirectory(String path, String after, int limit) implements FileOperation {
    /** Most entries of a page. */
    public static final int MAX_ENTRIES = 1000;

    /** Most characters of a name in percent encoding: 255 bytes. */
    public static final int MAX_CURSOR_LENGTH = 765;

    static final String NAME = "file.list";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ)
        .within(Duration.ofMinutes(1));

    /** Checks. */
    public ListDirectory {
      requirePath("path", path);
      PlainText.require("after", after, MAX_CURSOR_LENGTH);
      if (limit < 1 || limit > MAX_ENTRIES) {
        throw new ProtocolException("limit: expected 1 to " + MAX_ENTRIES + ", found " + limit);
      }
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      var json = JsonObject.builder().put("path", path);
      if (!after.isEmpty()) {
        json.put("after", after);
      }
      return json.put("limit", limit).build();
    }

    static ListDirectory decode(JsonObject arguments) {
      arguments.onlyFields("path", "after", "limit");
      return new ListDirectory(FileOperation.path(arguments), arguments.string("after", "", MAX_CURSOR_LENGTH),
          (int) arguments.integer("limit", 1, MAX_ENTRIES, MAX_ENTRIES));
    }
  }

  /**
   * The content of a file, or a block of it, as standard output.
   *
   * @param offset of the block's first byte
   * @param length of the block, at most {@link #MAX_BYTES}
   * @param version as an earlier answer gave it: if the file has changed since, nothing is read; empty for whatever is there
   */
  record Read(String path, long offset, int length, String version) implements FileOperation {
    /** Most bytes of a block: 8 MiB. */
    public static final int MAX_BYTES = 8 << 20;

    static final String NAME = "file.read";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.FILE_GET)
        .within(LONG).output(MAX_BYTES);

    /** Checks. */
    public Read {
      requirePath("path", path);
      PlainText.require("version", version, MAX_VERSION_LENGTH);
      if (offset < 0 || length < 0 || length > MAX_BYTES) {
        throw new ProtocolException("offset and length: expected at least 0, and a length of at most " + MAX_BYTES);
      }
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      var json = JsonObject.builder().put("path", path).put("offset", offset).put("length", length);
      if (!version.isEmpty()) {
        json.put("version", version);
      }
      return json.build();
    }

    static Read decode(JsonObject arguments) {
      arguments.onlyFields("path", "offset", "length", "version");
      return new Read(FileOperation.path(arguments), arguments.integer("offset", 0, Long.MAX_VALUE, 0),
          (int) arguments.integer("length", 0, MAX_BYTES, MAX_BYTES),
          arguments.string("version", "", MAX_VERSION_LENGTH));
    }
  }

  /** SHA-256 of a file's whole content. */
  record Digest(String path) implements FileOperation {
    static final String NAME = "file.digest";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.FILE_GET)
        .within(LONG);

    /** Refuses what no operating system takes as a path. */
    public Digest {
      requirePath("path", path);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("path", path).build();
    }

    static Digest decode(JsonObject arguments) {
      arguments.onlyFields("path");
      return new Digest(FileOperation.path(arguments));
    }
  }

  /**
   * Deletes a file, a link or a directory; a link itself, never what it leads to.
   *
   * @param recursive whether a directory goes with all that is in it
   */
  record Delete(String path, boolean recursive) implements FileOperation {
    static final String NAME = "file.delete";
    static final OperationDescription DESCRIPTION = OperationDescription.changing(NAME, ActionClass.FILE_PUT)
        .within(LONG);

    /** Refuses what no operating system takes as a path. */
    public Delete {
      requirePath("path", path);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("path", path).put("recursive", recursive).build();
    }

    static Delete decode(JsonObject arguments) {
      arguments.onlyFields("path", "recursive");
      return new Delete(FileOperation.path(arguments), arguments.bool("recursive", false));
    }
  }

  /**
   * Gives a file, a link or a directory another name in the same file system.
   *
   * @param from its name now
   * @param to its name then
   * @param replace whether a file that has the new name may be replaced
   * @param later whether, when somebody has the file locked, it is renamed at the agent's next start instead
   */
  record Rename(String from, String to, boolean replace, boolean later) implements FileOperation {
    static final String NAME = "file.rename";
    static final OperationDescription DESCRIPTION = OperationDescription.changing(NAME, ActionClass.FILE_PUT);

    /** Refuses what no operating system takes as a path. */
    public Rename {
      requirePath("from", from);
      requirePath("to", to);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("from", from).put("to", to).put("replace", replace).put("later", later).build();
    }

    static Rename decode(JsonObject arguments) {
      arguments.onlyFields("from", "to", "replace", "later");
      return new Rename(arguments.string("from", MAX_PATH_BYTES), arguments.string("to", MAX_PATH_BYTES),
          arguments.bool("replace", false), arguments.bool("later", false));
    }
  }

  /** What became of the renames that were put off. */
  record Renames() implements FileOperation {
    static final String NAME = "file.renames";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.EMPTY;
    }

    static Renames decode(JsonObject arguments) {
      arguments.onlyFields();
      return new Renames();
    }
  }
}
