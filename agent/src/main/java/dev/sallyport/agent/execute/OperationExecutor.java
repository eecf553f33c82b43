package dev.sallyport.agent.execute;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sallyport.agent.journal.Journal;
import dev.sallyport.agent.journal.KeptOutput;
import dev.sallyport.agent.journal.Known;
import dev.sallyport.agent.log.Log;
import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.operation.Effect;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.protocol.operation.Outcome;

/**
 * Carries out what the server orders, each operation on a thread of its own.
 *
 * <p>An operation that may change something goes through the journal: its id is looked up (running: the caller is attached; over: the
 * stored result; started before a crash: {@code unknown}), it waits for a place, is on disk as started, runs, is on disk as done. The
 * result may travel while the last of these is written; nothing runs before the first is. Operations that only look are run each time
 * they are asked for.
 *
 * <p>{@code lock} guards the table of what is under way, from the look-up to the end; it is not held during I/O or work. An id is in the
 * table before the journal knows it and until the journal has its end, so that between the two it is never taken for new.
 */
public final class OperationExecutor {
  /** Cancels that came before their operation; the oldest are forgotten. */
  private static final int MAX_EARLY_CANCELS = 1024;

  private final Performer performer;
  private final Journal journal;
  private final OutputFiles files;
  private final InstantSource serverClock;
  private final InstantSource wallClock;
  private final Log log;
  private final Lane changing;
  private final Looks looks;

  private final Object lock = new Object();
  private final Map<OperationId, Child> underWay = new HashMap<>();
  private final Set<OperationId> earlyCancels = new LinkedHashSet<>();
  private boolean stopping;

  /** A change, from its order to its end. */
  private record Change(Run run, Operation operation, OutputLog output, InputSpool input) {}

  /** A change and the thread that carries it out. */
  private record Child(Change change, Thread thread) {
    Run run() {
      return change.run();
    }
  }

  /**
   * @param serverClock by which orders expire
   * @param wallClock whose times results carry
   */
  public OperationExecutor(Performer performer, Journal journal, OutputFiles files, InstantSource serverClock,
      InstantSource wallClock, ExecutorLimits limits, Log log) {
    this.performer = performer;
    this.journal = journal;
    this.files = files;
    this.serverClock = serverClock;
    this.wallClock = wallClock;
    this.log = log;
    this.changing = new Lane(limits.changing(), limits.queued());
    this.looks = new Looks(performer, new Lane(limits.reading(), limits.queued()),
        new Lane(limits.reading(), limits.queued()), wallClock);
  }

  /** Where the input of an order can be put. */
  public InputSpool newInput() {
    return new InputSpool(files);
  }

  /**
   * Starts an operation, or finds the run or the result that its id stands for. Returns soon, whatever the operation does.
   *
   * @param input all that followed the arguments; closed when it is not needed any more
   */
  public Run open(OpenMetadata order, byte[] arguments, InputSpool input) {
    try {
      return decide(order, arguments, input);
    } finally {
      input.closeUnlessTaken();
    }
  }

  private Run decide(OpenMetadata order, byte[] arguments, InputSpool input) {
    OperationId id = order.id();
    if (!Operations.knows(order.operation())) {
      return over(id, Outcome.UNSUPPORTED, "this agent does not know the operation " + order.operation());
    }
    Operation operation;
    try {
      operation = Operations.decode(order.operation(), arguments);
    } catch (ProtocolException e) {
      return over(id, Outcome.REFUSED, String.valueOf(e.getMessage()));
    }
    if (!input.is(operation.input())) {
      return over(id, Outcome.REFUSED, Results.OTHER_INPUT);
    }
    return operation.effect() == Effect.READ ? look(order, operation) : change(order, operation, input);
  }

  /** The answer to every order while the machine waits for approval. */
  public Run refuse(OperationId id) {
    return over(id, Outcome.REFUSED, Results.NOT_APPROVED);
  }

  private Run look(OpenMetadata order, Operation operation) {
    if (expired(order.latestStart())) {
      return over(order.id(), Outcome.EXPIRED, Results.EXPIRED);
    }
    var run = new Run(order.id(), Bytes.EMPTY, order.latestStart(), new OutputPipe(operation.outputLimit()));
    if (!looks.start(run, operation)) {
      return over(order.id(), Outcome.REFUSED, Results.BUSY);
    }
    return run;
  }

  private Run change(OpenMetadata order, Operation operation, InputSpool input) {
    OperationId id = order.id();
    Bytes digest = Bytes.of(Operations.digest(operation));
    synchronized (lock) {
      Child child = underWay.get(id);
      if (child != null) {
        return child.run().digest().equals(digest) ? child.run() : over(id, Outcome.REFUSED, Results.OTHER_ORDER);
      }
      Known known = journal.find(id);
      return switch (known) {
        case Known.New() -> begin(order, operation, digest, input);
        case Known.Started(Bytes before) ->
          before.equals(digest)
              ? over(id, Outcome.UNKNOWN, Results.UNKNOWN_END)
              : over(id, Outcome.REFUSED, Results.OTHER_ORDER);
        case Known.Done done ->
          done.digest().equals(digest) ? stored(id, done) : over(id, Outcome.REFUSED, Results.OTHER_ORDER);
        case Known.Settled() -> over(id, Outcome.REFUSED, Results.RAN_BEFORE);
        case Known.TooOld() -> over(id, Outcome.REFUSED, Results.TOO_OLD);
      };
    }
  }

  private Run begin(OpenMetadata order, Operation operation, Bytes digest, InputSpool input) {
    OperationId id = order.id();
    if (expired(order.latestStart())) {
      return over(id, Outcome.EXPIRED, Results.EXPIRED);
    }
    if (!input.hasRoom()) {
      return over(id, Outcome.REFUSED, Results.NO_ROOM_FOR_INPUT);
    }
    if (!journal.hasRoom()) {
      return over(id, Outcome.REFUSED, Results.NO_ROOM);
    }
    if (!changing.enter()) {
      return over(id, Outcome.REFUSED, Results.BUSY);
    }
    var output = new OutputLog(files, operation.outputLimit());
    var run = new Run(id, digest, order.latestStart(), output);
    if (stopping) {
      changing.leave();
      return run; // it has no end: the server hears of it from the agent's next start
    }
    var change = new Change(run, operation, output, input);
    Thread thread = Thread.ofVirtual().unstarted(() -> carryOut(change));
    input.take();
    underWay.put(id, new Child(change, thread));
    if (earlyCancels.remove(id)) {
      thread.interrupt();
    }
    thread.start();
    return run;
  }

  private Run stored(OperationId id, Known.Done done) {
    try {
      return Run.over(id, done.result(), OutputLog.stored(files, done.output()));
    } catch (IOException e) {
      log.repeated("output", "the stored output of an operation cannot be read: " + e.getMessage());
      return Run.over(id, done.result(), new OutputLog(files, 0));
    }
  }

  // -- the child ----------------------------------------------------------------------------------------------------

  private void carryOut(Change change) {
    try {
      changing.begin();
    } catch (InterruptedException e) {
      changing.leave();
      change.input().close();
      cancelledBeforeItsStart(change);
      return;
    }
    try {
      carryOutNow(change);
    } finally {
      change.input().close();
      changing.end();
      changing.leave();
    }
  }

  private void carryOutNow(Change change) {
    Run run = change.run();
    Instant started = wallClock.instant();
    if (expired(run.latestStart())) {
      endWithoutTrace(change, Outcome.EXPIRED, Results.EXPIRED);
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      cancelledBeforeItsStart(change);
      return;
    }
    try {
      journal.started(run.id(), run.digest(), run.latestStart());
    } catch (IOException e) {
      endWithoutTrace(change, Outcome.REFUSED,
          "the agent could not note the order on its disk, so nothing was started: " + e.getMessage()
              + "; free some space and order it anew");
      return;
    }
    Ending ending = run(change.operation(), new OperationContext(run.id(), change.output(), change.input()));
    change.output().seal();
    endAndJournal(change, Results.of(ending, started, wallClock.instant(), change.output()));
  }

  /** What the agent's stopping keeps from its start is as if it had never come; the server orders it again. */
  private void cancelledBeforeItsStart(Change change) {
    if (isStopping()) {
      leave(change);
    } else {
      endAndJournal(change, Results.without(Outcome.CANCELLED, wallClock.instant(), Results.CANCELLED));
    }
  }

  private Ending run(Operation operation, OperationContext context) {
    try {
      Ending ending = performer.perform(operation, context);
      return ending.outcome() == Outcome.CANCELLED && isStopping() ? Results.stopped(ending) : ending;
    } catch (RuntimeException | Error e) {
      // A fault in one operation must not leave its caller waiting for ever, nor take the others along.
      log.event("operation " + operation.name() + " failed inside the agent: " + e);
      return Ending.without(Outcome.FAILED, "the agent made a mistake of its own: " + e.getClass().getSimpleName());
    }
  }

  /** The answer leaves while its record is written: if that is lost in a crash, the server has the answer or it becomes unknown. */
  private void endAndJournal(Change change, Bytes result) {
    Run run = change.run();
    run.end(result);
    try {
      if (!isSettled(run)) {
        journal.done(run.id(), run.digest(), run.latestStart(), result, change.output().keep());
      }
    } catch (IOException e) {
      log.repeated("disk",
          "a result could not be stored and is kept in memory: " + e.getMessage() + "; free some space");
      if (keepInMemory(run)) {
        return;
      }
    }
    leave(change);
  }

  /** The run stays in the table, for the server to fetch and settle; false if it is settled already. */
  private boolean keepInMemory(Run run) {
    synchronized (lock) {
      run.markUnstored();
      return !run.settled();
    }
  }

  /** It was not started, so whoever hears of it may order it again: by then it is out of the table. */
  private void endWithoutTrace(Change change, Outcome outcome, String reason) {
    leave(change);
    change.run().end(Results.without(outcome, wallClock.instant(), reason));
  }

  private void leave(Change change) {
    Run run = change.run();
    boolean settled;
    synchronized (lock) {
      underWay.remove(run.id());
      settled = run.settled();
    }
    if (settled) {
      forget(run.id());
      remove(change.output());
    }
    change.output().abandon();
  }

  // -- what the server says of running and ended operations ---------------------------------------------------------

  /** Stops the operation, whether it runs or waits; if it is yet to come, it will not be run. */
  public void cancel(OperationId id) {
    looks.cancel(id);
    synchronized (lock) {
      Child child = underWay.get(id);
      if (child != null) {
        child.thread().interrupt();
      } else if (journal.find(id) instanceof Known.New) {
        earlyCancels.add(id);
        if (earlyCancels.size() > MAX_EARLY_CANCELS) {
          earlyCancels.remove(earlyCancels.iterator().next());
        }
      }
    }
  }

  /** The server needs the result no more. */
  public void settle(OperationId id) {
    synchronized (lock) {
      Child child = underWay.get(id);
      if (child != null) {
        child.run().markSettled();
        if (!child.run().unstored()) {
          return;
        }
        underWay.remove(id);
      }
    }
    forget(id);
  }

  private void forget(OperationId id) {
    Known known = journal.find(id);
    journal.settle(id);
    if (known instanceof Known.Done done) {
      remove(done.output());
    }
  }

  private void remove(OutputLog output) {
    try {
      output.discard();
    } catch (IOException e) {
      cannotRemove(e);
    }
  }

  private void remove(KeptOutput output) {
    if (output instanceof KeptOutput.Spooled(long number, long _)) {
      try {
        files.delete(number);
      } catch (IOException e) {
        cannotRemove(e);
      }
    }
  }

  private void cannotRemove(IOException failure) {
    log.repeated("output", "the output of a settled operation cannot be removed: " + failure.getMessage());
  }

  // -- the agent stops ----------------------------------------------------------------------------------------------

  /**
   * Ends what runs, as a cancel does, and notes its end; what waits or still comes is left for the agent's next start.
   *
   * @param limit how long it may take
   * @return how many operations have not ended in time: the next start calls them unknown
   */
  public int stop(Duration limit) throws InterruptedException {
    List<Child> children;
    synchronized (lock) {
      stopping = true;
      children = List.copyOf(underWay.values());
    }
    children.forEach(child -> child.thread().interrupt());
    long deadline = System.nanoTime() + limit.toNanos();
    int left = 0;
    for (Child child : children) {
      if (!child.thread().join(Duration.ofNanos(deadline - System.nanoTime()))) {
        left++;
      }
    }
    return left;
  }

  private boolean isStopping() {
    synchronized (lock) {
      return stopping;
    }
  }

  /** How many changes run, wait, or are being noted. */
  public int underWay() {
    synchronized (lock) {
      return underWay.size();
    }
  }

  private boolean isSettled(Run run) {
    synchronized (lock) {
      return run.settled();
    }
  }

  /** The operations the server has not settled, running ones among them. */
  public List<OperationId> held() {
    return journal.open();
  }

  private boolean expired(Instant latestStart) {
    return serverClock.instant().isAfter(latestStart);
  }

  private Run over(OperationId id, Outcome outcome, String reason) {
    return Run.over(id, Results.without(outcome, wallClock.instant(), reason), new OutputLog(files, 0));
  }
}
