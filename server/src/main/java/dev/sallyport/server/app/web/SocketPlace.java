package dev.sallyport.server.app.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the Unix socket between gateway and web part lies: in a directory that only the server's user may enter, because
 * whoever reaches the socket is believed when it says who the client is.
 *
 * @param directory the private directory
 */
public record SocketPlace(Path directory) {

  /** The longest path a Unix socket may have, in bytes: {@code sun_path} has 108 on Linux, 104 elsewhere, one for the end. */
  static final int MAX_PATH_BYTES = 103;
  private static final String NAME = "web.sock";

  /**
   * The place in this private directory, or in a private temporary one if its path is too long; a socket left there by a
   * server that was killed is removed.
   */
  public static SocketPlace in(Path directory) throws IOException {
    var place = new SocketPlace(directory);
    if (place.tooLong()) {
      place = new SocketPlace(Files.createTempDirectory("sallyport", PosixFilePermissions.asFileAttribute(
          PosixFilePermissions.fromString("rwx------"))));
      if (place.tooLong()) {
        throw new IOException("the path " + place.path() + " is too long for a socket; set a shorter data directory");
      }
    }
    Files.deleteIfExists(place.path());
    return place;
  }

  /** The socket file. */
  public Path path() {
    return directory.resolve(NAME);
  }

  private boolean tooLong() {
    return path().toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES;
  }
}
