package dev.sallyport.agent.library;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.StateDirectory;
import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.OperationInput;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.LibraryOperation;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;

/** An agent's libraries on a directory of their own, ordered about as a server does it. */
final class Bench {
  /** Long enough for whatever ends by itself, on the slowest machine. */
  static final Duration LONG = Duration.ofSeconds(60);

  private static final OperationId ID = new OperationId("00000000-0000-0000-0000-000000000001/1");

  final Workshop workshop;
  private final Path state;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Libraries libraries;

  Bench(Path scratch) throws IOException {
    this.workshop = new Workshop(scratch);
    this.state = scratch.resolve("state");
    this.libraries = open();
  }

  private Libraries open() throws IOException {
    var log = new Log(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        InstantSource.system());
    return Libraries.of(StateDirectory.openOrCreate(state), Workshop.raw(workshop.installer), log);
  }

  /** As a new process of the agent finds things. */
  void restart() throws IOException {
    libraries = open();
  }

  Ending run(LibraryOperation operation, OperationInput input) {
    return libraries.run(operation, new OperationContext(ID, (_, bytes, offset, length) -> {
      synchronized (printed) {
        if (printed.size() < 1 << 20) {
          printed.write(bytes, offset, length);
        }
      }
    }, input));
  }

  Ending run(LibraryOperation operation) {
    return run(operation, OperationInput.NONE);
  }

  String printed() {
    synchronized (printed) {
      return printed.toString(StandardCharsets.UTF_8);
    }
  }

  void trust() {
    done(run(new LibraryOperation.Trust(workshop.trust(1, Map.of(), List.of()))));
  }

  Ending put(Bytes sha256, Bytes jar, int from, int to) {
    byte[] block = Arrays.copyOfRange(jar.toArray(), from, to);
    return run(new LibraryOperation.Put(sha256, from, InputDigest.of(Bytes.of(block))),
        () -> new ByteArrayInputStream(block));
  }

  /** Sends a library in blocks of so many bytes. */
  void send(Workshop.Made made, int block) {
    done(run(new LibraryOperation.Offer(made.envelope())));
    for (int at = 0; at < made.jar().length(); at += block) {
      done(put(made.sha256(), made.jar(), at, Math.min(made.jar().length(), at + block)));
    }
    done(run(new LibraryOperation.Keep(made.sha256())));
  }

  Workshop.Made sent(Workshop.Made made) {
    send(made, 1000);
    return made;
  }

  Ending call(Workshop.Made made, Duration time, String function, String... parameters) {
    List<Json> values = Arrays.stream(parameters).<Json>map(JsonString::new).toList();
    return call(made, time, function, values);
  }

  Ending call(Workshop.Made made, Duration time, String function, List<Json> parameters) {
    return run(new LibraryOperation.Call(made.sha256(), function, parameters, new Limits(time, 1 << 20)));
  }

  static Ending done(Ending ending) {
    if (ending.outcome() != Outcome.DONE) {
      throw new AssertionError(ending.outcome() + ": " + ending.reason());
    }
    return ending;
  }
}
