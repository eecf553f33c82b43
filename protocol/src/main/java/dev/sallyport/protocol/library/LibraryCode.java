package dev.sallyport.protocol.library;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** Where a library's code is. */
public sealed interface LibraryCode {
  /** Most characters of a class's, a shared object's or an entry's name. */
  int MAX_NAME_LENGTH = 256;

  /** Most shared objects in one library. */
  int MAX_FILES = 16;

  /**
   * A class in the jar that implements {@code dev.sallyport.library.Library}.
   *
   * @param main its full name
   */
  record Main(String main) implements LibraryCode {
    /** Checks. */
    public Main {
      PlainText.requireNonEmpty("main", main, MAX_NAME_LENGTH);
      if (main.indexOf('/') >= 0) {
        throw new ProtocolException("main: expected the full name of a class, with dots");
      }
    }
  }

  /**
   * A shared object that the operating system has.
   *
   * @param name as the system's loader knows it, for example {@code libc.so.6}; no path
   */
  record SystemObject(String name) implements LibraryCode {
    /** Checks. */
    public SystemObject {
      PlainText.requireNonEmpty("native.system", name, MAX_NAME_LENGTH);
      if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
        throw new ProtocolException("native.system: expected the name of a shared object, not a path");
      }
    }
  }

  /**
   * Shared objects in the jar.
   *
   * @param files names of entries, by operating system and processor, for example {@code linux-amd64}
   */
  record Objects(Map<String, String> files) implements LibraryCode {
    /** Copies and checks. */
    public Objects {
      if (files.isEmpty() || files.size() > MAX_FILES) {
        throw new ProtocolException("native.files: expected 1 to " + MAX_FILES + " names");
      }
      var copy = new LinkedHashMap<String, String>();
      files.forEach((machine, entry) -> copy.put(PlainText.requireNonEmpty("native.files", machine, MAX_NAME_LENGTH),
          EntryName.require(entry)));
      files = Collections.unmodifiableMap(copy);
    }
  }

  /** Puts it into a manifest. */
  default JsonObject.Builder put(JsonObject.Builder json) {
    return switch (this) {
      case Main(String main) -> json.put("main", main);
      case SystemObject(String name) -> json.put("native", JsonObject.builder().put("system", name).build());
      case Objects(Map<String, String> files) -> {
        var names = JsonObject.builder();
        files.forEach(names::put);
        yield json.put("native", JsonObject.builder().put("files", names.build()).build());
      }
    };
  }

  /** Reads it from a manifest. */
  static LibraryCode fromJson(JsonObject json) {
    if (json.has("main") == json.has("native")) {
      throw json.refused("main", "expected either main or native");
    }
    if (json.has("main")) {
      return new Main(json.string("main", MAX_NAME_LENGTH));
    }
    JsonObject code = json.object("native").onlyFields("system", "files");
    if (code.has("system") == code.has("files")) {
      throw json.refused("native", "expected either system or files");
    }
    if (code.has("system")) {
      return new SystemObject(code.string("system", MAX_NAME_LENGTH));
    }
    JsonObject files = code.object("files");
    var names = new LinkedHashMap<String, String>();
    for (String machine : files.names()) {
      names.put(machine, files.string(machine, MAX_NAME_LENGTH));
    }
    return new Objects(names);
  }
}
