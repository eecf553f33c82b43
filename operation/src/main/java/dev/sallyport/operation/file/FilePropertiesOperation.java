package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;

/**
 * {@code file.properties}: {@code exists}; if so {@code kind} (file, directory, symlink, other), {@code bytes}, {@code modifiedMs},
 * {@code accessedMs}, {@code changedMs} (milliseconds since 1970), {@code owner}, {@code group}, {@code uid}, {@code gid}, {@code mode}
 * (octal, for example 0644), {@code links}, {@code inode}. A symbolic link is told as itself, and in {@code link} its text; what it
 * leads to is in {@code target}, with the same fields and {@code exists} false where it leads nowhere.
 */
final class FilePropertiesOperation {
  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,lastAccessTime,ctime,owner,group,uid,gid,nlink,ino";

  Ending run(FileOperation.Properties operation) throws IOException {
    return Ending.found(describe(FilePath.of(operation.path())));
  }

  private static JsonObject describe(Path path) throws IOException {
    var json = JsonObject.builder();
    int mode = put(json, path, LinkOption.NOFOLLOW_LINKS);
    if (FileMode.isLink(mode)) {
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
    json.put("exists", true).put("kind", FileMode.kind(mode)).put("bytes", number(attributes, "size"))
        .put("modifiedMs", time(attributes, "lastModifiedTime")).put("accessedMs", time(attributes, "lastAccessTime"))
        .put("changedMs", time(attributes, "ctime")).put("owner", String.valueOf(attributes.get("owner")))
        .put("group", String.valueOf(attributes.get("group"))).put("uid", number(attributes, "uid"))
        .put("gid", number(attributes, "gid"))
        .put("mode", FileMode.octal(mode)).put("links", number(attributes, "nlink"))
        .put("inode", number(attributes, "ino"));
    return mode;
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static long time(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof FileTime time ? time.toMillis() : 0;
  }
}
