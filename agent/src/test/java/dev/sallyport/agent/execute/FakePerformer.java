package dev.sallyport.agent.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.protocol.operation.TransferOperation;

/**
 * Does what a small language says: {@code say TEXT}, {@code fill N} (bytes), {@code hold NAME} (until the test lets go),
 * {@code stay NAME} (until the test lets go, even when cancelled), {@code break}. Commands are separated by semicolons. Counts what it did.
 */
final class FakePerformer implements Performer {
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final List<String> performed = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private volatile Duration timeLimit = Duration.ofMinutes(1);

  private CountDownLatch gate(String name) {
    return gates.computeIfAbsent(name, _ -> new CountDownLatch(1));
  }

  void letGo(String name) {
    gate(name).countDown();
  }

  /** The ids performed, in order. */
  List<String> performed() {
    return performed;
  }

  int running() {
    return running.get();
  }

  int mostRunning() {
    return mostRunning.get();
  }

  /** From now on, looks may take no longer than this. */
  void timeLimit(Duration limit) {
    timeLimit = limit;
  }

  @Override
  public Duration timeLimit(Operation operation) {
    return timeLimit;
  }

  @Override
  public Ending perform(Operation operation, OperationContext context) {
    performed.add(context.id().value());
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      return switch (operation) {
        case RunShell shell -> interpret(shell.command(), context);
        case TransferOperation.Write _ -> say(context);
        case FileOperation.Read read -> interpret(read.path().substring(1), context);
        case FileOperation.Properties properties -> interpret(properties.path().substring(1), context);
        default -> Ending.found(JsonObject.EMPTY);
      };
    } catch (InterruptedException e) {
      return Ending.exited(Outcome.CANCELLED, 143, "cancelled");
    } finally {
      running.decrementAndGet();
    }
  }

  private Ending interpret(String program, OperationContext context) throws InterruptedException {
    for (String command : program.split(";")) {
      String[] words = command.strip().split(" ", 2);
      switch (words[0]) {
        case "say" -> say(context, words[1].getBytes(StandardCharsets.UTF_8));
        case "fill" -> say(context, "x".repeat(Integer.parseInt(words[1])).getBytes(StandardCharsets.UTF_8));
        case "hold" -> gate(words[1]).await();
        case "stay" -> stay(gate(words[1]));
        case "break" -> throw new IllegalStateException("broken on purpose");
        default -> throw new AssertionError("unknown command " + command);
      }
    }
    return Ending.exited(Outcome.DONE, 0, "");
  }

  /** Until the test lets go, whoever interrupts. */
  private static void stay(CountDownLatch gate) {
    boolean open = false;
    while (!open) {
      try {
        gate.await();
        open = true;
      } catch (InterruptedException e) {
        assertThat(e).as("an interrupt does not end it").isNotNull();
      }
    }
  }

  /** What came with the order. */
  private static Ending say(OperationContext context) {
    try (InputStream input = context.input().open()) {
      var value = JsonObject.builder().putBytes("sha256",
          InputDigest.of(Bytes.of(input.readAllBytes())).sha256().toArray());
      return Ending.found(value.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(OperationContext context, byte[] bytes) {
    context.output().write(OutputChannel.STDOUT, bytes, 0, bytes.length);
  }
}
