package dev.sallyport.agent.library;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.Ed25519;
import dev.sallyport.protocol.library.ArchiveSource;
import dev.sallyport.protocol.library.Isolation;
import dev.sallyport.protocol.library.LibraryCode;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.LibraryManifest;
import dev.sallyport.protocol.library.LibraryParameter;
import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.protocol.library.LibraryTrust;
import dev.sallyport.protocol.library.LibraryVersion;
import dev.sallyport.protocol.library.ValueType;
import dev.sallyport.protocol.operation.Platform;

/** Makes libraries as their authors do: compiles, packs and signs them. */
final class Workshop {
  /** A library whose functions misbehave in every way there is. */
  private static final String SOURCE = """
      package example;
      import dev.sallyport.library.*;
      import java.lang.ref.WeakReference;
      import java.util.*;
      import java.util.concurrent.CountDownLatch;
      public final class Main implements Library {
        static final String VERSION = "%s";
        public Main() { System.getProperties().put("class of " + VERSION, new WeakReference<>(getClass())); }
        @Override public Object call(Call call) throws Exception {
          return switch (call.function()) {
            case "greet" -> { call.print("greeting " + call.text(0)); yield "Hello, " + call.text(0) + ", from " + VERSION; }
            case "fail" -> throw new IllegalStateException("as ordered");
            case "exhaust" -> { var all = new ArrayList<long[]>(); while (true) { all.add(new long[1 << 20]); } }
            case "throw-error" -> throw new OutOfMemoryError("not really");
            case "hang" -> { while (!Boolean.getBoolean("library.stop")) { Thread.onSpinWait(); } yield ""; }
            case "sleep" -> { new CountDownLatch(1).await(); yield NOTHING; }
            case "flood" -> { while (!Boolean.getBoolean("library.stop")) { call.print("x".repeat(1000)); } yield ""; }
            case "return-much" -> Collections.nCopies(1_000_000, "much");
            case "exit" -> { System.exit(7); yield NOTHING; }
            case "spy" -> { try { yield Class.forName(call.text(0)).getName(); } catch (ClassNotFoundException e) { yield "invisible"; } }
            case "resource" -> new String(Main.class.getResourceAsStream("/greeting.txt").readAllBytes());
            case "wait" -> { ((CountDownLatch) System.getProperties().get("begun")).countDown();
              ((CountDownLatch) System.getProperties().get("go")).await(); yield VERSION; }
            default -> throw call.unknownFunction();
          };
        }
        @Override public void close() { System.getProperties().put("closed " + VERSION, true); }
      }
      """;

  private final Path scratch;
  final KeyPair installer = key();
  final KeyPair author = key();

  Workshop(Path scratch) {
    this.scratch = scratch;
  }

  /** A library as it is sent. */
  record Made(Bytes jar, Bytes envelope, Bytes sha256) {}

  static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static Bytes raw(KeyPair key) {
    return Ed25519.raw(key.getPublic());
  }

  Bytes trust(long serial, Map<String, LibraryVersion> floors, List<Bytes> withdrawn) {
    return Bytes.of(
        new LibraryTrust(serial, List.of(raw(author)), floors, withdrawn).sign(installer).encode());
  }

  Made make(String version, Isolation isolation) throws IOException {
    return make(version, isolation, Set.of(Platform.LINUX));
  }

  Made make(String version, Isolation isolation, Set<Platform> platforms) throws IOException {
    List<LibraryFunction> functions = Stream.of("greet", "fail", "exhaust", "throw-error", "hang", "sleep", "flood",
        "return-much", "exit", "spy", "resource", "wait").map(Workshop::function).toList();
    var manifest = new LibraryManifest("example", LibraryVersion.of(version), "For tests.", isolation,
        new LibraryCode.Main("example.Main"), functions, platforms, Set.of());
    Map<String, byte[]> entries = compile(version);
    entries.put("greeting.txt", "good day".getBytes(StandardCharsets.UTF_8));
    return sign(manifest, entries);
  }

  Made makeNative(LibraryCode code, Map<String, byte[]> entries, LibraryFunction... functions) throws IOException {
    var manifest = new LibraryManifest("native-example", LibraryVersion.of("1.0.0"), "For tests.", Isolation.PROCESS,
        code, List.of(functions), Set.of(Platform.LINUX), Set.of());
    return sign(manifest, new LinkedHashMap<>(entries));
  }

  private static LibraryFunction function(String name) {
    boolean takesText = name.equals("greet") || name.equals("spy");
    ValueType result = switch (name) {
      case "return-much" -> ValueType.JSON;
      case "sleep", "exit" -> ValueType.NONE;
      default -> ValueType.TEXT;
    };
    return new LibraryFunction(name, "Does so.",
        takesText ? List.of(new LibraryParameter("text", ValueType.TEXT)) : List.of(), result, false, "");
  }

  private Made sign(LibraryManifest manifest, Map<String, byte[]> entries) throws IOException {
    entries.put(LibraryManifest.ENTRY, manifest.toJson().bytes());
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        var named = new ZipEntry(entry.getKey());
        named.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0)); // what is made twice is the same
        zip.putNextEntry(named);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    Bytes jar = Bytes.of(out.toByteArray());
    LibraryStatement statement = LibraryStatement.of(manifest, ArchiveSource.of(jar));
    return new Made(jar, Bytes.of(statement.sign(author).encode()), statement.sha256());
  }

  private Map<String, byte[]> compile(String version) throws IOException {
    Path directory = Files.createTempDirectory(scratch, "source");
    Path source = directory.resolve("Main.java");
    Files.writeString(source, SOURCE.replace("%s", version));
    int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", System.getProperty("java.class.path"),
        "-d", directory.toString(), source.toString());
    if (code != 0) {
      throw new AssertionError("the example does not compile");
    }
    var classes = new LinkedHashMap<String, byte[]>();
    try (Stream<Path> found = Files.list(directory.resolve("example"))) {
      for (Path file : found.toList()) {
        classes.put("example/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    return classes;
  }
}
