package dev.sallyport.agent.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.protocol.library.Isolation;
import dev.sallyport.protocol.library.LibraryCode;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.LibraryParameter;
import dev.sallyport.protocol.library.ValueType;
import dev.sallyport.protocol.operation.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries in processes of their own, in Java and in C. */
final class WorkerTest {
  @TempDir
  private Path scratch = Path.of("");

  private Bench bench = new Bench(Path.of("target"));

  WorkerTest() throws IOException {
  }

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(scratch);
    bench.trust();
  }

  private void nothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(scratch.resolve("state").resolve("workers"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aProcessCarriesOutTheCallAndLeavesNothing() throws IOException {
    var made = bench.sent(bench.workshop.make("1.0.0", Isolation.PROCESS));
    assertThat(bench.call(made, Bench.LONG, "greet", "Ada").value().string("result"))
        .isEqualTo("Hello, Ada, from 1.0.0");
    assertThat(bench.printed()).isEqualTo("greeting Ada\n");
    assertThat(bench.call(made, Bench.LONG, "fail").reason()).contains("IllegalStateException: as ordered");
    nothingIsLeft();
  }

  @Test
  @DisplayName("a library that eats memory, hangs or ends its process harms only its own call")
  void aLibraryGoneWildEndsWithItsProcess() throws IOException {
    var made = bench.sent(bench.workshop.make("1.0.0", Isolation.PROCESS));
    Ending exhausted = bench.call(made, Bench.LONG, "exhaust");
    assertThat(exhausted.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(exhausted.reason()).contains("its process broke off");
    assertThat(bench.call(made, Bench.LONG, "exit").reason()).contains("exit code 7");
    assertThat(bench.call(made, Duration.ofSeconds(2), "hang").outcome()).isEqualTo(Outcome.EXPIRED);
    assertThat(bench.call(made, Duration.ofSeconds(2), "flood").outcome()).isEqualTo(Outcome.EXPIRED);
    nothingIsLeft();
    Bench.done(bench.call(made, Bench.LONG, "greet", "Ada"));
  }

  @Test
  void aFunctionOfTheSystemsLibraryIsCalledByTheSameForm() throws IOException {
    var made = bench.sent(bench.workshop.makeNative(new LibraryCode.SystemObject("libc.so.6"), Map.of(),
        new LibraryFunction("length", "Length of a text.", List.of(new LibraryParameter("text", ValueType.TEXT)),
            ValueType.LONG, false, "strlen"),
        new LibraryFunction("absolute", "Absolute value.", List.of(new LibraryParameter("number", ValueType.INT)),
            ValueType.INT, false, "abs"),
        new LibraryFunction("error", "What an error means.", List.of(new LibraryParameter("number", ValueType.INT)),
            ValueType.TEXT, false, "strerror"),
        new LibraryFunction("stop", "Ends the process.", List.of(), ValueType.NONE, true, "abort"),
        new LibraryFunction("missing", "Is not there.", List.of(), ValueType.NONE, true, "no_such_function")));
    assertThat(call(made, "length", new JsonString("four")).value().integer("result", 0, 99)).isEqualTo(4);
    assertThat(call(made, "absolute", new JsonNumber.Whole(-7)).value().integer("result", 0, 99)).isEqualTo(7);
    assertThat(call(made, "error", new JsonNumber.Whole(2)).value().string("result")).contains("No such file");
    assertThat(bench.call(made, Bench.LONG, "stop").reason()).contains("its process broke off");
    assertThat(bench.call(made, Bench.LONG, "missing").reason()).contains("no function no_such_function");
  }

  @Test
  void aSharedObjectInTheJarIsCalledByTheSameForm() throws IOException {
    Path object = Stream.of("/lib", "/lib64", "/usr/lib").map(Path::of).filter(Files::isDirectory)
        .flatMap(WorkerTest::mathematics).findFirst().orElse(Path.of("/nowhere"));
    assumeThat(object).as("this machine has a shared object to put into a jar").exists();
    String machine = "linux-" + System.getProperty("os.arch");
    var made = bench.sent(bench.workshop.makeNative(new LibraryCode.Objects(Map.of(machine, "native/object.so")),
        Map.of("native/object.so", Files.readAllBytes(object)),
        new LibraryFunction("root", "Square root.", List.of(new LibraryParameter("of", ValueType.DOUBLE)),
            ValueType.DOUBLE, false, "sqrt")));
    assertThat(call(made, "root", new JsonNumber.Whole(81)).value().real("result", 0, 99)).isEqualTo(9.0);
    nothingIsLeft();
  }

  private static Stream<Path> mathematics(Path directory) {
    try (Stream<Path> found = Files.find(directory, 2, (path, _) -> path.endsWith("libm.so.6"))) {
      return found.toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private Ending call(Workshop.Made made, String function, Json parameter) {
    return Bench.done(bench.call(made, Bench.LONG, function, List.of(parameter)));
  }
}
