package dev.sallyport.server.directive.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Effect;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.Bulk;
import dev.sallyport.server.action.Captured;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.directive.life.RunEvent.LifetimeEnded;
import dev.sallyport.server.directive.life.RunEvent.Offered;
import dev.sallyport.server.directive.life.RunEvent.Reported;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Channel;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.Ledger;
import dev.sallyport.server.directive.record.NoteTable;
import dev.sallyport.server.directive.record.OutputChunk;
import dev.sallyport.server.directive.record.OutputTable;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunEnd;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one run from its offer to its end, on a thread of its own.
 *
 * <p>The order is what makes it safe: the offer is on the disk before the machine hears of the run; output and result are on the
 * disk before the machine is told that it may forget them. Wherever this breaks off, the run is open in the database, and carrying it
 * again leads to the same end.
 */
final class Carrier implements ActionContext {
  private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

  private final Workshop workshop;
  private final RunKey key;
  private final Directive directive;
  private final boolean offered;
  private final CallGuard guard;
  private final List<OperationId> journalled = new ArrayList<>();
  private final SealedSecrets secrets;
  private final Bulk bulk = new BulkCalls(this);
  private volatile RunOutput output;
  private Notes notes;
  private int steps;
  private OptionalInt exitCode = OptionalInt.empty();
  private boolean truncated;
  private Instant offeredAt;

  /** @param offered whether the offer is stored already, and nothing of an earlier attempt can be */
  Carrier(Workshop workshop, PendingRun run, boolean offered) {
    this.workshop = workshop;
    this.key = run.key();
    this.directive = run.directive();
    this.offered = offered;
    this.offeredAt = workshop.clock().instant();
    this.guard = new CallGuard(directive.timeLimit(), false);
    this.output = new RunOutput(key, directive.outputLimit(), Map.of());
    this.secrets = new SealedSecrets(workshop, directive.id());
    this.notes = new Notes(workshop.store(), key, Map.of());
  }

  RunKey key() {
    return key;
  }

  CallGuard guard() {
    return guard;
  }

  RunOutput output() {
    return output;
  }

  /** Operations of this run that the machine keeps until it is told that their results are stored. */
  List<OperationId> journalled() {
    return journalled;
  }

  /**
   * Does all of it.
   *
   * @return whether the run has ended; if not, it is to be carried again later
   */
  boolean carry() {
    try {
      if (offered || offer()) {
        end(act());
      }
      return true;
    } catch (RunSuspendedException e) {
      LOG.debug("run {} waits: {}", key, e.getMessage());
      return false;
    } catch (StoreUnavailableException e) {
      LOG.warn("run {} waits, its state could not be stored: {}", key, e.getMessage());
      return false;
    } finally {
      output.close();
    }
  }

  /**
   * Stores that the machine may hear of the run now; false if it has ended meanwhile, or ends here because its lifetime is over. A run that
   * was offered before goes on after its lifetime too, with a latest start in the past: the machine may have started it in time.
   */
  private boolean offer() {
    record Offer(RunState state, Map<Integer, Long> stored, Map<Integer, JsonObject> noted, Instant since) {}
    boolean warranted = workshop.warranted(directive, key.machine());
    Offer offer = workshop.store().write(sql -> {
      Instant now = workshop.clock().instant();
      boolean inTime = now.isBefore(directive.expires());
      var ledger = new Ledger(sql);
      if (!warranted) {
        ledger.withdraw(key, now);
      }
      RunState state = ledger
          .happen(key, inTime ? new Offered() : new LifetimeEnded(), inTime ? "" : Directive.EXPIRED, now)
          .orElse(new RunState.Ended(Outcome.UNKNOWN));
      Instant since = directive.batch().holds() ? new RunTable(sql).find(key).flatMap(Run::started).orElse(now) : now;
      return new Offer(state, new OutputTable(sql).held(key), new NoteTable(sql).of(key), since);
    });
    workshop.changes().changed(key.directive());
    output = new RunOutput(key, directive.outputLimit(), offer.stored());
    notes = new Notes(workshop.store(), key, offer.noted());
    offeredAt = offer.since();
    return switch (offer.state()) {
      case RunState.Running(boolean cancelling) -> {
        if (cancelling) {
          guard.cancel();
        }
        yield true;
      }
      case RunState.Ended _ -> false;
      case RunState.Queued queued -> throw new IllegalStateException("an offered run is still " + queued);
    };
  }

  private RunEnd act() {
    Action action = workshop.actions().find(directive.action()).orElse(null);
    if (action == null) {
      return failed(Outcome.UNSUPPORTED, "this server no longer has the action " + directive.action());
    }
    try {
      JsonObject value = action.run(this);
      return value.bytes().length > Action.MAX_VALUE_BYTES
          ? failed(Outcome.FAILED, "the answer is larger than " + Action.MAX_VALUE_BYTES + " bytes")
          : new RunEnd(new Reported(Outcome.DONE), exitCode, "", cut(), value);
    } catch (OperationEndedException e) {
      OperationResult result = e.result();
      return new RunEnd(new Reported(result.outcome()), exitCode, result.reason(), cut(), result.value());
    } catch (OutputGapException | ProtocolException e) {
      return failed(Outcome.UNKNOWN, "the machine's answer makes no sense: " + e.getMessage());
    } catch (RunSuspendedException | StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("the action {} has a fault", directive.action(), e);
      return failed(Outcome.FAILED, "the action " + directive.action() + " has a fault; the server's log says more");
    }
  }

  private void end(RunEnd end) {
    List<OutputChunk> rest = output.close();
    workshop.store().write(sql -> {
      if (!notes.isEmpty()) {
        new NoteTable(sql).delete(key);
      }
      return new Ledger(sql).end(key, end, rest, workshop.clock().instant());
    }).ifPresentOrElse(whole -> workshop.changes().ended(key.directive(), whole),
        () -> workshop.changes().changed(key.directive()));
  }

  private RunEnd failed(Outcome outcome, String reason) {
    return new RunEnd(new Reported(outcome), exitCode, PlainText.clean(reason, OperationResult.MAX_REASON_LENGTH),
        cut(),
        JsonObject.EMPTY);
  }

  private boolean cut() {
    return truncated || output.truncated();
  }

  @Override
  public JsonObject parameters() {
    return directive.parameters();
  }

  @Override
  public Limits limits() {
    return new Limits(directive.timeLimit(), directive.outputLimit());
  }

  @Override
  public String machine() {
    return key.machine();
  }

  @Override
  public OperationResult look(Operation operation, OutputSink sink) {
    if (operation.effect() != Effect.READ) {
      throw new IllegalArgumentException(operation.name() + " does not only look");
    }
    return call(steps++, operation, CallInput.NONE, 0, sink);
  }

  @Override
  public byte[] secret(String name) {
    return secrets.open(name);
  }

  @Override
  public boolean permits(ActionClass actionClass) {
    return permits(actionClass, key.machine());
  }

  @Override
  public boolean permits(ActionClass actionClass, String machine) {
    return workshop.warrants().permits(directive.creator(), actionClass, machine);
  }

  @Override
  public Instant given() {
    return directive.created();
  }

  @Override
  public Bulk bulk() {
    return bulk;
  }

  /** Takes so many numbers of steps; the first of them. */
  int takeSteps(int count) {
    int first = steps;
    steps += count;
    return first;
  }

  Notes notes() {
    return notes;
  }

  /** A line of the action's own, which has a step as if a program had written it. */
  void tell(byte[] line) {
    output.beginStep(steps++);
    append(Channel.STDOUT, line, 0);
  }

  /** The machine may forget the result of this step. */
  void settle(int step) {
    workshop.switchboard().settle(key.machine(), List.of(id(step)));
  }

  /** Something has come or gone for the calling thread. */
  void moved() {
    guard.moved(workshop.nanoTime().getAsLong());
  }

  /** An operation that a cancelled run asks for, too. */
  OperationResult tidy(Operation operation) {
    int step = steps++;
    guard.beginAnyway(id(step), workshop.nanoTime().getAsLong());
    OperationResult result = exchange(
        new OperationCall(id(step), operation, 0, latestStart(Math.max(step, 1)), CallInput.NONE), OutputSink.none());
    journalled.add(id(step));
    return result;
  }

  /** One operation of a series, on any thread. */
  OperationResult exchange(int step, Operation operation, CallInput input, OutputSink sink) {
    Instant latestStart = guard.begin(id(step), latestStart(step), workshop.nanoTime().getAsLong());
    return exchange(new OperationCall(id(step), operation, 0, latestStart, input), sink);
  }

  @Override
  public OperationResult attempt(Operation operation, CallInput input) {
    int step = steps++;
    long held = output.beginStep(step);
    OperationResult result = call(step, operation, input, held,
        (channel, bytes, position) -> append(Channel.of(channel), bytes, position));
    if (result.exitCode().isPresent()) {
      exitCode = result.exitCode();
    }
    truncated |= result.outputTruncated();
    return result;
  }

  @Override
  public Captured capture(Operation operation) {
    int step = steps++;
    Optional<JsonObject> noted = notes.find(step);
    if (noted.isPresent()) {
      return Captured.fromJson(noted.get());
    }
    var gathered = new Capture();
    Captured captured = gathered.with(call(step, operation, CallInput.NONE, 0, gathered));
    if (operation.effect() == Effect.READ) {
      notes.add(step, captured.toJson());
    }
    return captured;
  }

  @Override
  public OperationResult poll(Operation look, Predicate<OperationResult> until, Duration every, Duration atMost) {
    int step = steps++;
    Optional<JsonObject> noted = notes.find(step);
    if (noted.isPresent()) {
      return OperationResult.fromJson(noted.get());
    }
    long end = workshop.nanoTime().getAsLong() + atMost.toNanos();
    OperationResult result = call(step, look, CallInput.NONE, 0, OutputSink.none());
    while (!until.test(result) && result.outcome() != Outcome.EXPIRED && workshop.nanoTime().getAsLong() - end < 0) {
      guard.pause(every);
      result = call(step, look, CallInput.NONE, 0, OutputSink.none());
    }
    notes.add(step, result.toJson());
    return result;
  }

  private OperationResult call(int step, Operation operation, CallInput input, long held, OutputSink sink) {
    OperationId id = id(step);
    Instant latestStart = guard.begin(id, latestStart(step), workshop.nanoTime().getAsLong());
    OperationResult result = exchange(new OperationCall(id, operation, held, latestStart, input), sink);
    if (operation.effect() == Effect.CHANGE) {
      journalled.add(id);
    }
    return result;
  }

  private OperationId id(int step) {
    return new OperationId(directive.id() + "/" + step);
  }

  /** The guard knows already that the calling thread is about to wait. */
  private OperationResult exchange(OperationCall call, OutputSink sink) {
    try {
      return workshop.switchboard().call(key.machine(), call, sink);
    } catch (LinkLostException e) {
      throw new RunSuspendedException("the link was lost", e);
    } catch (InterruptedException e) {
      return interrupted(e);
    } finally {
      guard.end();
    }
  }

  /**
   * The lifetime, and the window in which it was handed over, limit when a run may start; once its first operation is through, the run has
   * started, and the rest follows.
   */
  private Instant latestStart(int step) {
    if (step == 0) {
      Instant closes = directive.batch().window().closes(offeredAt);
      return closes.isBefore(directive.expires()) ? closes : directive.expires();
    }
    Instant later = workshop.clock().instant().plus(directive.timeLimit());
    return later.isBefore(directive.expires()) ? directive.expires() : later;
  }

  private void append(Channel channel, byte[] bytes, long position) {
    try {
      output.append(channel, bytes, position);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunSuspendedException("the server is stopping", e);
    }
  }

  private OperationResult interrupted(InterruptedException cause) {
    if (!guard.gaveUp()) {
      throw new RunSuspendedException("the server is stopping", cause);
    }
    Instant now = workshop.clock().instant();
    return OperationResult.without(Outcome.UNKNOWN, now, now,
        "the machine did not answer within the time limit of " + directive.timeLimit().toSeconds()
            + " s and the grace after it");
  }
}
