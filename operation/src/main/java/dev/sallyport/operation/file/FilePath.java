package dev.sallyport.operation.file;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;

/**
 * From the paths of orders to those of the system, and back.
 *
 * <p>A path must be absolute, for an agent has no current directory, and must not go up again ({@code ..}): what it names is then what
 * it says, whatever is a link on the way. A name that is no UTF-8 is spelled as a {@code file:} URI with percent signs.
 */
final class FilePath {
  private static final String URI_PREFIX = "file:";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private FilePath() {
  }

  /**
   * Returns the path.
   *
   * @throws FileTrouble if it is none that may be used
   */
  static Path of(String text) throws FileTrouble {
    Path path = text.startsWith(URI_PREFIX) ? fromUri(text) : fromText(text);
    if (!path.isAbsolute()) {
      throw new FileTrouble("the path must be absolute: an agent has no current directory");
    }
    return requirePlain(path);
  }

  private static Path requirePlain(Path path) throws FileTrouble {
    for (Path name : path) {
      if (name.toString().equals("..") || name.toString().equals(".")) {
        throw new FileTrouble("the path must not contain . or .. as a name: write where it leads");
      }
    }
    return path;
  }

  /** Like {@link #of} for what is to be changed: the root of the file system is nobody's to replace. */
  static Path ofChange(String text) throws FileTrouble {
    Path path = of(text);
    if (path.getFileName() == null) {
      throw new FileTrouble("the root of a file system cannot be changed");
    }
    return path;
  }

  /** The directory a path is in. */
  static Path directoryOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static Path fromText(String text) throws FileTrouble {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      // The agent's character set lacks a letter of it; bytes do not depend on that.
      return fromUri(URI_PREFIX + "//" + percent(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static Path fromUri(String text) throws FileTrouble {
    try {
      URI uri = new URI(text);
      String path = String.valueOf(uri.getRawPath()).toLowerCase(Locale.ROOT);
      if (path.contains("%2f") || path.contains("//")) {
        throw new FileTrouble("this is no path: a name cannot hold a slash, and none is empty");
      }
      return Path.of(uri);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new FileTrouble("this is no path: " + e.getMessage());
    }
  }

  private static String percent(byte[] path) {
    var text = new StringBuilder(3 * path.length);
    for (byte b : path) {
      if (b == '/') {
        text.append('/');
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
    return text.toString();
  }

  /** The last name of a path in percent encoding, which holds every byte of it. */
  static String percentName(Path path) {
    String uri = path.toUri().getRawPath();
    String trimmed = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  /**
   * The file of this name, in percent encoding, in a directory.
   *
   * @throws FileTrouble if it is no single name
   */
  static Path child(Path directory, String percentName) throws FileTrouble {
    String uri = directory.toUri().getRawPath();
    Path child = fromUri(URI_PREFIX + "//" + (uri.endsWith("/") ? uri : uri + "/") + percentName);
    if (!directory.equals(child.getParent())) {
      throw new FileTrouble("after: this is no name that an earlier page ended with");
    }
    return requirePlain(child);
  }

  /** Whether text can spell the path; what is no UTF-8 comes out of {@link Path#toString} as something else. */
  static boolean isText(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
