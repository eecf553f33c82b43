package dev.sallyport.server.file;

import java.time.Instant;
import java.util.Optional;

import dev.sallyport.protocol.Bytes;

/**
 * A file in the store. Several may have one content, which lies on the disk once.
 *
 * @param id a UUID
 * @param name what it is called; plain text without a slash, and nobody's path
 * @param sha256 of its content
 * @param bytes its size
 * @param origin where it came from, if it was fetched from a machine
 * @param expires when it is deleted, unless somebody needs it then
 */
public record StoredFile(String id, String name, Bytes sha256, long bytes, Instant created, String createdBy,
    Optional<Origin> origin, Instant expires) {
  /** Most characters of a name. */
  public static final int MAX_NAME_LENGTH = 255;

  /**
   * Where a file was fetched.
   *
   * @param mark names the step that fetched it
   * @param machine its id
   * @param path on the machine; hostile
   */
  public record Origin(String mark, String machine, String path) {}
}
