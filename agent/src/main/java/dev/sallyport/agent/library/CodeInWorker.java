package dev.sallyport.agent.library;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sallyport.agent.library.worker.Frame;
import dev.sallyport.agent.library.worker.Request;
import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.LibraryManifest;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Outcome;

/**
 * Code in a process of its own for each call. The worker is given the bytes of the verified jar through its standard input, so there is no file to
 * be swapped; what it says is a peer's word, read within limits.
 */
final class CodeInWorker implements Code {
  private static final int PIECE_BYTES = 64 << 10;

  private final LibraryManifest manifest;
  private final OpenJar jar;
  private final Workers workers;

  CodeInWorker(LibraryManifest manifest, OpenJar jar, Workers workers) {
    this.manifest = manifest;
    this.jar = jar;
    this.workers = workers;
  }

  @Override
  public Ending call(LibraryFunction function, List<Json> parameters, Limits limits, CallOutput output) {
    long end = System.nanoTime() + limits.time().toNanos();
    try (Workers.Worker worker = workers.start()) {
      var ending = new CompletableFuture<Ending>();
      Thread.ofVirtual().start(() -> feed(worker.process(), function, parameters));
      Thread.ofVirtual().start(() -> listen(worker.process(), function, output, ending));
      return ending.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Ending.without(Outcome.EXPIRED,
          "the call took too long and was ended after " + limits.time().toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Ending.without(Outcome.CANCELLED, "cancelled");
    } catch (ExecutionException | IOException e) {
      return Ending.without(Outcome.FAILED, "the process for the call could not be started: " + e.getMessage());
    } finally {
      output.close();
    }
  }

  private void feed(Process process, LibraryFunction function, List<Json> parameters) {
    try (var pipe = new DataOutputStream(process.getOutputStream())) {
      byte[] request = new Request(manifest, function.name(), parameters).encode();
      pipe.writeInt(request.length);
      pipe.write(request);
      byte[] piece = new byte[PIECE_BYTES];
      int size = (int) jar.size();
      for (int at = 0; at < size; at += piece.length) {
        int count = Math.min(piece.length, size - at);
        jar.read(at, piece, 0, count);
        pipe.write(piece, 0, count);
      }
    } catch (IOException e) {
      // It ended without reading everything: its end tells why.
      return;
    }
  }

  private static void listen(Process process, LibraryFunction function, CallOutput output,
      CompletableFuture<Ending> ending) {
    try (var pipe = new DataInputStream(process.getInputStream())) {
      while (!ending.isDone()) {
        Frame frame = Frame.read(pipe);
        switch (frame.kind()) {
          case LINE -> output.accept(text(frame));
          case RESULT -> ending.complete(CodeInAgent.returned(result(function, frame)));
          case FAILURE -> ending.complete(CodeInAgent.threw(function, text(frame)));
        }
      }
    } catch (IOException | UncheckedIOException | ProtocolException e) {
      // It ended, and may have said so in its own words: Java does where memory does not suffice.
      ending.complete(brokeOff(process, function));
    }
  }

  private static Ending brokeOff(Process process, LibraryFunction function) {
    try {
      String how = process.waitFor(Duration.ofSeconds(1)) ? " (exit code " + process.exitValue() + ")" : "";
      return CodeInAgent.threw(function, "its process broke off" + how + "; it has " + Workers.HEAP_MIB
          + " MiB of heap, and ends where that does not suffice");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Ending.without(Outcome.CANCELLED, "cancelled");
    }
  }

  private static String text(Frame frame) {
    return new String(frame.bytes(), StandardCharsets.UTF_8);
  }

  private static Json result(LibraryFunction function, Frame frame) {
    Json result = Json.parse(frame.bytes(), JsonLimits.ofBytes(Frame.MAX_BYTES));
    if (!function.result().accepts(result)) {
      throw new ProtocolException("no value of the type " + function.result().word());
    }
    return result;
  }

  @Override
  public boolean spoilt() {
    return false;
  }

  /** There is a process only while there is a call. */
  @Override
  public void close() {
  }
}
