package dev.sallyport.server.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.server.access.ActionClass;

/** The machine on which the test runs: its real programs, and an apt that knows one directory of packages only. */
final class ThisMachine implements ActionContext {
  String secret = "";

  private final Path directory;
  private JsonObject parameters = JsonObject.EMPTY;

  ThisMachine(Path directory) {
    this.directory = directory;
  }

  ThisMachine with(JsonObject given) {
    parameters = given;
    return this;
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Makes apt look here and nowhere else, and keep what it learns to itself. */
  void apt(Path repository) throws IOException {
    Files.createDirectories(directory.resolve("lists/partial"));
    Files.createDirectories(directory.resolve("cache/archives/partial"));
    Files.writeString(directory.resolve("sources.list"), "deb [trusted=yes] file:" + repository + " ./\n");
    Files.writeString(directory.resolve("apt.conf"), """
        Dir::Etc::sourcelist "%1$s/sources.list";
        Dir::Etc::sourceparts "-";
        Dir::State::lists "%1$s/lists";
        Dir::Cache "%1$s/cache";
        APT::Sandbox::User "root";
        """.formatted(directory));
  }

  void must(String... argv) throws Exception {
    if (start(List.of(argv), Map.of(), new byte[0]).process().waitFor() != 0) {
      throw new AssertionError(String.join(" ", argv) + " failed");
    }
  }

  void quietly(String... argv) throws Exception {
    start(List.of(argv), Map.of(), new byte[0]).process().waitFor();
  }

  private record Started(Process process, Path out, Path err) {}

  private Started start(List<String> argv, Map<String, String> environment, byte[] stdin) throws IOException {
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    var builder = new ProcessBuilder(new ArrayList<>(argv)).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("APT_CONFIG", directory.resolve("apt.conf").toString());
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      new ByteArrayInputStream(stdin).transferTo(in);
    }
    return new Started(process, out, err);
  }

  @Override
  public JsonObject parameters() {
    return parameters;
  }

  @Override
  public byte[] secret(String name) {
    return secret.getBytes(UTF_8);
  }

  @Override
  public boolean permits(ActionClass actionClass) {
    return true;
  }

  @Override
  public Instant given() {
    return Instant.EPOCH;
  }

  @Override
  public String machine() {
    return "01890a5d-ac96-774b-bcce-b302099a8057";
  }

  @Override
  public OperationResult look(Operation operation, OutputSink sink) {
    return attempt(operation);
  }

  @Override
  public Limits limits() {
    return Limits.DEFAULT;
  }

  @Override
  public OperationResult attempt(Operation operation, CallInput input) {
    return capture(operation).result();
  }

  @Override
  public Bulk bulk() {
    throw new AssertionError("nothing large is sent here");
  }

  @Override
  public Captured capture(Operation operation) {
    return switch (operation) {
      case FileOperation.Properties(String path) -> new Captured(Scripted.found(JsonObject.builder()
          .put("exists", Files.exists(Path.of(path)) && !path.endsWith("dnf")).build()), Bytes.EMPTY, Bytes.EMPTY);
      case RunProgram program -> run(program);
      default -> throw new AssertionError(operation.name());
    };
  }

  private static byte[] beginning(Path file, int most) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(most);
    }
  }

  private Captured run(RunProgram program) {
    try {
      Started started = start(program.argv(), program.environment(), program.stdin().toArray());
      int exit = started.process().waitFor();
      Bytes out = Bytes.of(beginning(started.out(), Captured.MAX_BYTES));
      Bytes err = Bytes.of(beginning(started.err(), Captured.MAX_ERROR_BYTES));
      return new Captured(new OperationResult(exit == 0 ? Outcome.DONE : Outcome.FAILED, OptionalInt.of(exit),
          Instant.EPOCH, Instant.EPOCH, 0, false, JsonObject.EMPTY,
          exit == 0 ? "" : "exit code " + exit), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public OperationResult poll(Operation look, Predicate<OperationResult> until, Duration every, Duration atMost) {
    throw new AssertionError("nothing is waited for here");
  }
}
