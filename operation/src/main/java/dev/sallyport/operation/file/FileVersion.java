package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.json.JsonObject;

/**
 * Which file it is and in what state, as far as can be told without reading it: enough to notice between two looks that somebody has
 * replaced or changed it.
 *
 * @param device the file system it is in
 * @param inode its number there
 * @param bytes its size
 * @param modifiedNanos when its content changed, since 1970
 */
record FileVersion(long device, long inode, long bytes, long modifiedNanos) {
  private static final String ATTRIBUTES = "unix:mode,dev,ino,size,lastModifiedTime";

  /**
   * Looks at an ordinary file.
   *
   * @throws FileTrouble if it is none: opening a pipe or a device may wait for ever, or do something
   */
  static FileVersion of(Path path, LinkOption... options) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES, options);
    int mode = (int) number(attributes, "mode");
    if (!FileMode.isFile(mode)) {
      throw new FileTrouble(path + ": this is no ordinary file (" + FileMode.kind(mode) + ")");
    }
    long nanos = attributes.get("lastModifiedTime") instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
    return new FileVersion(number(attributes, "dev"), number(attributes, "ino"), number(attributes, "size"), nanos);
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  boolean isSameFile(FileVersion other) {
    return device == other.device && inode == other.inode;
  }

  /** What orders call it by. */
  String text() {
    return Long.toHexString(device) + "-" + Long.toHexString(inode) + "-" + Long.toHexString(bytes) + "-"
        + Long.toHexString(modifiedNanos);
  }

  JsonObject.Builder put(JsonObject.Builder json) {
    return json.put("bytes", bytes).put("modifiedMs", TimeUnit.NANOSECONDS.toMillis(modifiedNanos)).put("inode", inode)
        .put("version", text());
  }
}
