package dev.sallyport.server.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The console's files on the class path. Their names are listed once at start, and a request's path is only ever looked up
 * in that list: it is never resolved against a file system, so there is nothing to traverse (T9).
 */
final class ConsoleFiles {

  private static final String ROOT = "META-INF/resources/console/";
  /** Text below this many bytes is sent as it is. */
  private static final int MIN_COMPRESSED_BYTES = 1_024;
  private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("html", "text/html; charset=utf-8"),
      Map.entry("js", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"),
      Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"), Map.entry("ico", "image/x-icon"),
      Map.entry("woff2", "font/woff2"), Map.entry("wasm", "application/wasm"), Map.entry("json", "application/json"),
      Map.entry("md", "text/plain; charset=utf-8"), Map.entry("txt", "text/plain; charset=utf-8"));

  private final Map<String, URL> names;
  private final Map<String, File> loaded = new ConcurrentHashMap<>();

  private ConsoleFiles(Map<String, URL> names) {
    this.names = Map.copyOf(names);
  }

  /**
   * One file as it is sent.
   *
   * @param type its media type
   * @param plain the file's bytes; not to be changed
   * @param compressed the same in gzip, empty where that does not pay
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and copying megabytes per request would be waste
  record File(String type, byte[] plain, byte[] compressed) {}

  /** Lists what the class path has; empty if the console was not built. */
  static ConsoleFiles ofClassPath() {
    URL index = ConsoleFiles.class.getClassLoader().getResource(ROOT + "index.html");
    try {
      return new ConsoleFiles(index == null ? Map.of() : list(index));
    } catch (IOException e) {
      throw new UncheckedIOException("the console's files cannot be listed", e);
    }
  }

  /** The file of exactly this name, {@code assets/index-1a2b.js} say. */
  Optional<File> find(String name) {
    URL url = names.get(name);
    return url == null ? Optional.empty() : Optional.of(loaded.computeIfAbsent(name, n -> load(n, url)));
  }

  private static Map<String, URL> list(URL index) throws IOException {
    URI root = URI.create(index.toString().substring(0, index.toString().length() - "index.html".length()));
    var names = new HashMap<String, URL>();
    URLConnection connection = index.openConnection();
    if (connection instanceof JarURLConnection jar) {
      jar.setUseCaches(false);
      try (var file = jar.getJarFile()) {
        for (var entry : (Iterable<JarEntry>) file.stream()::iterator) {
          if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
            String name = entry.getName().substring(ROOT.length());
            names.put(name, URI.create(root + name).toURL());
          }
        }
      }
    } else {
      Path folder = Path.of(root);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          names.put(folder.relativize(file).toString().replace('\\', '/'), file.toUri().toURL());
        }
      }
    }
    return names;
  }

  private static File load(String name, URL url) {
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    try (InputStream in = url.openStream()) {
      byte[] plain = in.readAllBytes();
      byte[] compressed = gzip(plain);
      boolean pays = plain.length >= MIN_COMPRESSED_BYTES && compressed.length < plain.length * 9 / 10;
      return new File(type, plain, pays ? compressed : new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("the console's file " + name + " cannot be read", e);
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var out = new ByteArrayOutputStream(plain.length / 2);
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
