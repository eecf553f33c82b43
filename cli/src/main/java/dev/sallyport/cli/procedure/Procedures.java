package dev.sallyport.cli.procedure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

import dev.sallyport.cli.api.ApiClient;

/** What the commands have in common. */
final class Procedures {
  static final String PATH = "/api/v1/procedures";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private Procedures() {
  }

  /** The path of one; a name carries nothing but its own alphabet. */
  static String path(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is not the name of a procedure, which is lower-case words joined by dashes");
    }
    return PATH + "/" + name;
  }

  /** The path of one version; 0 is the newest. */
  static String path(String name, long version) {
    return version == 0 ? path(name) : ApiClient.query(path(name), Map.of("version", Long.toString(version)));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
