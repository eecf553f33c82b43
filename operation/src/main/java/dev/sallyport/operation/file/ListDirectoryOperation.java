package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;

/**
 * {@code file.list}: {@code entries}, each with {@code name kind bytes modifiedMs mode}, and {@code uri} where the name is no UTF-8;
 * {@code next} where there are more, to be given as {@code after}.
 *
 * <p>A page is the smallest names beyond the one where the page before ended. So what is made or deleted between two pages moves nothing
 * else, and a directory of any size takes the memory of one page; but each page reads all names of the directory anew.
 */
final class ListDirectoryOperation {
  /** Most bytes of entries in one answer, below what a result may have. */
  private static final int MAX_PAGE_BYTES = 200 << 10;

  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime";

  Ending run(FileOperation.ListDirectory operation) throws IOException {
    Path directory = FilePath.of(operation.path());
    List<Path> page = page(directory, operation);
    boolean more = page.size() > operation.limit();
    if (more) {
      page = page.subList(0, operation.limit());
    }
    List<Json> entries = new ArrayList<>();
    Path last = directory;
    int bytes = 0;
    for (Path path : page) {
      JsonObject entry = describe(path);
      bytes += entry.bytes().length + 1;
      if (bytes > MAX_PAGE_BYTES) {
        more = true;
        break;
      }
      last = path;
      if (entry.size() > 0) {
        entries.add(entry);
      }
    }
    var value = JsonObject.builder().put("entries", JsonArray.of(entries));
    if (more) {
      value.put("next", FilePath.percentName(last));
    }
    return Ending.found(value.build());
  }

  /** The smallest names beyond the cursor, in order, one more than fit the page. */
  private static List<Path> page(Path directory, FileOperation.ListDirectory operation) throws IOException {
    Path after = operation.after().isEmpty() ? directory : FilePath.child(directory, operation.after());
    var smallest = new PriorityQueue<Path>(Comparator.reverseOrder());
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path name : names) {
        if (Thread.currentThread().isInterrupted()) {
          throw new ClosedByInterruptException();
        }
        if (name.compareTo(after) > 0
            && (smallest.size() <= operation.limit() || name.compareTo(smallest.peek()) < 0)) {
          smallest.add(name);
          if (smallest.size() > operation.limit() + 1) {
            smallest.poll();
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    var page = new ArrayList<>(smallest);
    page.sort(Comparator.naturalOrder());
    return page;
  }

  /** What a name stands for; nothing at all if it went away meanwhile. */
  private static JsonObject describe(Path path) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return JsonObject.EMPTY;
    }
    int mode = attributes.get("mode") instanceof Integer number ? number : 0;
    long size = attributes.get("size") instanceof Long number ? number : 0;
    long modified = attributes.get("lastModifiedTime") instanceof FileTime time ? time.toMillis() : 0;
    var entry = JsonObject.builder().put("name", path.getFileName().toString()).put("kind", FileMode.kind(mode))
        .put("bytes", size).put("modifiedMs", modified).put("mode", FileMode.octal(mode));
    if (!FilePath.isText(path)) {
      entry.put("uri", path.toUri().toString());
    }
    return entry.build();
  }
}
