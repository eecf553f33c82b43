package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Outcome;

/**
 * {@code file.properties}: {@code exists}; if so {@code kind} (file, directory, symlink, other), {@code bytes}, {@code modifiedMs},
 * {@code accessedMs}, {@code changedMs} (milliseconds since 1970), {@code owner}, {@code group}, {@code uid}, {@code gid}, {@code mode}
 * (octal, for example 0644), {@code links}, {@code inode}. A symbolic link is told as itself, and in {@code link} its text; what it
 * leads to is in {@code target}, with the same fields and {@code exists} false where it leads nowhere.
 */
public final class FilePropertiesOperation implements Primitive<FileOperation.Properties> {
  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,lastAccessTime,ctime,owner,group,uid,gid,nlink,ino";
  private static final int PERMISSION_BITS = 07777;

  /** The kind of a file in its mode, see inode(7). */
  private static final int KIND_BITS = 0170000;
  private static final int FILE = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;

  @Override
  public Ending run(FileOperation.Properties operation, OperationContext context) {
    Path path;
    try {
      path = Path.of(operation.path());
    } catch (InvalidPathException e) {
      return Ending.without(Outcome.FAILED,
          "the agent's character set cannot express this path; set LC_ALL=C.UTF-8 in its service");
    }
    if (!path.isAbsolute()) {
      return Ending.without(Outcome.FAILED, "the path must be absolute: an agent has no current directory");
    }
    try {
      return Ending.found(describe(path));
    } catch (AccessDeniedException e) {
      return Ending.without(Outcome.FAILED,
          "permission denied for the agent's account, " + System.getProperty("user.name", ""));
    } catch (IOException e) {
      return Ending.without(Outcome.FAILED, "the operating system cannot look at it: " + e.getMessage());
    }
  }

  private static JsonObject describe(Path path) throws IOException {
    var json = JsonObject.builder();
    int mode = put(json, path, LinkOption.NOFOLLOW_LINKS);
    if ((mode & KIND_BITS) == LINK) {
      json.put("link", Files.readSymbolicLink(path).toString());
      var target = JsonObject.builder();
      put(target, path);
      json.put("target", target.build());
    }
    return json.build();
  }

  /** Returns the mode, or 0 if nothing is there. */
  private static int put(JsonObject.Builder json, Path path, LinkOption... options) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(path, ATTRIBUTES, options);
    } catch (NoSuchFileException e) {
      json.put("exists", false);
      return 0;
    }
    int mode = (int) number(attributes, "mode");
    json.put("exists", true).put("kind", kind(mode)).put("bytes", number(attributes, "size"))
        .put("modifiedMs", time(attributes, "lastModifiedTime")).put("accessedMs", time(attributes, "lastAccessTime"))
        .put("changedMs", time(attributes, "ctime")).put("owner", String.valueOf(attributes.get("owner")))
        .put("group", String.valueOf(attributes.get("group"))).put("uid", number(attributes, "uid"))
        .put("gid", number(attributes, "gid"))
        .put("mode", octal(mode)).put("links", number(attributes, "nlink"))
        .put("inode", number(attributes, "ino"));
    return mode;
  }

  private static String octal(int mode) {
    String digits = Integer.toOctalString(mode & PERMISSION_BITS);
    return "0000".substring(digits.length()) + digits;
  }

  private static String kind(int mode) {
    return switch (mode & KIND_BITS) {
      case FILE -> "file";
      case DIRECTORY -> "directory";
      case LINK -> "symlink";
      default -> "other";
    };
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static long time(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof FileTime time ? time.toMillis() : 0;
  }
}
