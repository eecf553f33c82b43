package dev.sallyport.operation.audit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.file.FileMode;

/**
 * Files whose paths fit patterns. Names are visited in their order, so that the same ones are told when there are too many. Links are
 * followed only in what stands before the first wildcard; {@code **} stays in one file system.
 */
final class FilesSource implements Source {
  /** Most directories below each other that {@code **} stands for. */
  static final int MAX_DEPTH = 32;

  /** Most names of one directory that are looked at. */
  static final int MAX_NAMES = 200_000;

  /** Most names that are looked at in all. */
  static final int MAX_VISITS = 2_000_000;

  private static final String ANY_DIRECTORIES = "**";
  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,owner,dev";

  private final Path root;
  private final List<String> patterns;
  private int visits;

  FilesSource(Path root, List<String> patterns) {
    this.root = root;
    this.patterns = patterns;
  }

  @Override
  public void gather(Findings findings, OperationContext context) throws IOException, AuditTrouble {
    for (String pattern : patterns) {
      List<String> names = List.of(pattern.substring(1).split("/", -1));
      int plain = 0;
      Path start = root;
      try {
        while (plain < names.size() && !isWild(names.get(plain))) {
          start = start.resolve(names.get(plain++));
        }
      } catch (InvalidPathException e) {
        throw new AuditTrouble("the pattern " + pattern + " is no path on this machine: " + e.getReason());
      }
      if (plain == names.size()) {
        tell(start, findings);
      } else if (Files.isDirectory(start)) {
        walk(start, names.subList(plain, names.size()), 0, findings);
      }
    }
  }

  private static boolean isWild(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  /** All below a directory that fits the names. */
  private void walk(Path directory, List<String> names, int depth, Findings findings) throws IOException {
    boolean deep = names.getFirst().equals(ANY_DIRECTORIES);
    if (deep && names.size() > 1) {
      walk(directory, names.subList(1, names.size()), depth, findings);
    }
    for (Path child : children(directory, findings)) {
      if (findings.full()) {
        findings.cut();
        return;
      }
      if (deep) {
        if (names.size() == 1) {
          tell(child, findings);
        }
        if (depth < MAX_DEPTH && isDirectoryOn(child, directory)) {
          walk(child, names, depth + 1, findings);
        }
      } else if (Glob.fits(names.getFirst(), child.getFileName().toString())) {
        if (names.size() == 1) {
          tell(child, findings);
        } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          walk(child, names.subList(1, names.size()), depth, findings);
        }
      }
    }
  }

  private List<Path> children(Path directory, Findings findings) throws IOException {
    var children = new ArrayList<Path>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path name : names) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("cancelled");
        }
        if (children.size() >= MAX_NAMES || ++visits > MAX_VISITS) {
          findings.cut();
          break;
        }
        children.add(name);
      }
    } catch (IOException | DirectoryIteratorException e) {
      if (e instanceof InterruptedIOException cancelled) {
        throw cancelled;
      }
      // Gone meanwhile, or not for this account.
      return List.of();
    }
    Collections.sort(children);
    return children;
  }

  private static boolean isDirectoryOn(Path child, Path parent) {
    try {
      return Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
          && Files.getAttribute(child, "unix:dev").equals(Files.getAttribute(parent, "unix:dev"));
    } catch (IOException e) {
      // Gone meanwhile.
      return false;
    }
  }

  private void tell(Path path, Findings findings) {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      // Not there, or gone meanwhile: no item.
      return;
    }
    int mode = attributes.get("mode") instanceof Integer number ? number : 0;
    var fields = new Fields().text("kind", FileMode.kind(mode));
    if (!FileMode.isDirectory(mode) && attributes.get("size") instanceof Long size) {
      fields.number("bytes", size);
    }
    if (attributes.get("lastModifiedTime") instanceof FileTime time) {
      fields.number("modifiedMs", Math.max(0, time.toMillis()));
    }
    fields.text("mode", FileMode.octal(mode));
    if (attributes.get("owner") instanceof UserPrincipal owner) {
      fields.text("owner", owner.getName());
    }
    findings.add(key(path), fields);
  }

  /** The path; one that is no text as a URI, which spells every byte of it. */
  private String key(Path path) {
    Path whole = Path.of("/").resolve(root.relativize(path));
    String text = whole.toString();
    return text.indexOf('\uFFFD') >= 0 ? whole.toUri().toString() : text;
  }
}
