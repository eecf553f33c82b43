package dev.sallyport.server.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Effect;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the server sees it, with a journal that outlives links and servers: an operation that changes something is started once,
 * whoever asks how often; asking again gives the output from where it is wanted, and the stored result.
 */
public final class FakeMachine {
  private final String id;
  private final InstantSource clock;
  private final Map<OperationId, Entry> journal = new LinkedHashMap<>();
  private final List<OperationId> startedInOrder = new ArrayList<>();
  private final List<Instant> latestStarts = new ArrayList<>();
  private Function<Operation, Script> behaviour = _ -> Script.prints();

  public FakeMachine(String id, InstantSource clock) {
    this.id = id;
    this.clock = clock;
  }

  private static final class Entry {
    private final Operation operation;
    private final Script script;
    private @Nullable OperationResult result;
    private boolean forgotten;

    private Entry(Operation operation, Script script) {
      this.operation = operation;
      this.script = script;
    }
  }

  public String id() {
    return id;
  }

  /** What it does when asked. */
  public synchronized void behave(Function<Operation, Script> newBehaviour) {
    behaviour = newBehaviour;
  }

  /** Operations it started, in their order; one that was started twice is there twice. */
  public synchronized List<OperationId> started() {
    return List.copyOf(startedInOrder);
  }

  /** The latest starts it was told, in the order of the calls. */
  public synchronized List<Instant> latestStarts() {
    return List.copyOf(latestStarts);
  }

  /** Operations whose output and result it still stores. */
  public synchronized List<OperationId> held() {
    return journal.entrySet().stream().filter(entry -> !entry.getValue().forgotten).map(Map.Entry::getKey).toList();
  }

  /** Ends whatever runs for ever, well. */
  public synchronized void finish() {
    journal.values().stream().filter(entry -> entry.result == null)
        .forEach(entry -> entry.result = result(entry.script, entry.script.outcome()));
    notifyAll();
  }

  synchronized void cancel(OperationId operation) {
    Entry entry = journal.get(operation);
    if (entry != null && entry.result == null) {
      entry.result = result(entry.script, Outcome.CANCELLED);
      notifyAll();
    }
  }

  synchronized void settle(List<OperationId> ids) {
    ids.forEach(settled -> {
      Entry entry = journal.get(settled);
      if (entry != null) {
        entry.forgotten = true;
      }
    });
  }

  synchronized void wake() {
    notifyAll();
  }

  OperationResult call(OperationCall call, OutputSink sink, FakeLink link)
      throws LinkLostException, InterruptedException {
    link.pass(FakeLink.Point.ASKED);
    Entry entry = attach(call);
    if (entry == null) {
      return OperationResult.without(Outcome.EXPIRED, clock.instant(), clock.instant(), "too late");
    }
    if (!entry.operation.equals(call.operation())) {
      return OperationResult.without(Outcome.REFUSED, clock.instant(), clock.instant(),
          "another operation has this id");
    }
    link.pass(FakeLink.Point.STARTED);
    if (!entry.forgotten) {
      send(entry, call.from(), sink, link);
    }
    OperationResult result = await(entry, link);
    link.pass(FakeLink.Point.ANSWERED);
    return result;
  }

  private synchronized @Nullable Entry attach(OperationCall call) {
    latestStarts.add(call.latestStart());
    Entry known = journal.get(call.id());
    if (known != null) {
      return known;
    }
    if (call.latestStart().isBefore(clock.instant())) {
      return null;
    }
    var entry = new Entry(call.operation(), behaviour.apply(call.operation()));
    if (!entry.script.endless()) {
      entry.result = result(entry.script, entry.script.outcome());
    }
    if (call.operation().effect() == Effect.CHANGE) {
      journal.put(call.id(), entry);
      startedInOrder.add(call.id());
    }
    return entry;
  }

  private static void send(Entry entry, long from, OutputSink sink, FakeLink link) throws LinkLostException {
    long position = 0;
    for (Script.Piece piece : entry.script.pieces()) {
      byte[] bytes = piece.text().getBytes(UTF_8);
      long end = position + bytes.length;
      if (end > from) {
        int skipped = (int) Math.max(0, from - position);
        sink.output(piece.channel(), Arrays.copyOfRange(bytes, skipped, bytes.length), position + skipped);
        link.pass(FakeLink.Point.WROTE);
      }
      position = end;
    }
  }

  private synchronized OperationResult await(Entry entry, FakeLink link)
      throws LinkLostException, InterruptedException {
    while (entry.result == null) {
      link.requireUp();
      wait();
    }
    return entry.result;
  }

  private OperationResult result(Script script, Outcome outcome) {
    var all = new ByteArrayOutputStream();
    script.pieces().forEach(piece -> all.writeBytes(piece.text().getBytes(UTF_8)));
    boolean exited = outcome == Outcome.DONE || outcome == Outcome.FAILED;
    JsonObject value = outcome == Outcome.DONE ? script.value() : JsonObject.EMPTY;
    return new OperationResult(outcome, exited ? OptionalInt.of(script.exitCode()) : OptionalInt.empty(),
        clock.instant(),
        clock.instant(), all.size(), false, value, outcome == Outcome.DONE ? "" : "it ended as " + outcome.word());
  }
}
