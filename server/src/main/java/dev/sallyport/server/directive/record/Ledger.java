package dev.sallyport.server.directive.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.audit.AuditOutbox;
import dev.sallyport.server.directive.batch.BatchRule;
import dev.sallyport.server.directive.life.RunEvent;
import dev.sallyport.server.directive.life.RunLife;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.DirectiveTable.Counted;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The only writer of directives, runs and output, within one transaction. Every change of state goes through {@link RunLife}, takes
 * the directive's next change number and keeps the count of open runs true.
 */
public final class Ledger {
  /** Runs that one transaction of {@link #cancelQueued} or {@link #expire} ends, so that the writer stays free for others. */
  public static final int BATCH = 500;

  private final DirectiveTable directives;
  private final RunTable runs;
  private final OutputTable output;
  private final AuditOutbox audit;

  public Ledger(JdbcClient sql) {
    audit = new AuditOutbox(sql);
    directives = new DirectiveTable(sql);
    runs = new RunTable(sql);
    output = new OutputTable(sql);
  }

  /** Stores a new directive with its runs, which must be numbered from 1. */
  public void give(Directive directive, List<Run> newRuns) {
    int open = (int) newRuns.stream().filter(run -> !run.state().ended()).count();
    int active = (int) newRuns.stream().filter(run -> run.state() instanceof RunState.Running).count();
    directives.insert(directive, newRuns.size(), open, active);
    runs.insert(newRuns, directive.expires(), directive.batch().holds());
    newRuns.stream().filter(run -> run.state().ended()).forEach(run -> told(run.key(), run.state(), run.exitCode()));
  }

  /**
   * Lets an event happen to a run.
   *
   * @return the state after it, or empty if the run is gone
   */
  public Optional<RunState> happen(RunKey key, RunEvent event, String reason, Instant now) {
    return change(key, RunEnd.of(event, reason), List.of(), now).map(Change::state);
  }

  /**
   * Stores the rest of a run's output together with the event that ends it. An event that changes nothing stores nothing.
   *
   * @return the whole log of the directive, if it has ended and all that ever happened to it is what was stored here after it was given
   */
  public Optional<DirectiveLog.Page> end(RunKey key, RunEnd end, List<OutputChunk> rest, Instant now) {
    return change(key, end, rest, now).flatMap(change -> change.whole(rest));
  }

  private Optional<Change> change(RunKey key, RunEnd end, List<OutputChunk> rest, Instant now) {
    RunState before = runs.state(key).orElse(null);
    if (before == null) {
      return Optional.empty();
    }
    RunState after = RunLife.next(before, end.event());
    if (after.equals(before)) {
      return Optional.of(new Change(before, Optional.empty(), Progress.NONE));
    }
    Progress progress = directives.advance(key.directive(), rest.size() + 1, counted(before, after, end));
    long last = progress.sequence();
    long bytes = insert(rest, last - rest.size());
    Optional<Run> ended = switch (after) {
      case RunState.Ended state -> Optional.of(runs.end(key, before, state, now, end, bytes, last)
          .orElseThrow(() -> changed(key)));
      case RunState.Queued _,RunState.Running _ -> {
        if (!runs.move(key, before, after, now, end.reason(), last)) {
          throw changed(key);
        }
        yield Optional.empty();
      }
    };
    told(key, after, end.exitCode());
    return Optional.of(new Change(after, ended, progress));
  }

  /** Tells the audit log; that somebody asked a run to end it hears from whoever took the request. */
  private void told(RunKey key, RunState state, OptionalInt exitCode) {
    switch (state) {
      case RunState.Running(boolean cancelling) when !cancelling ->
        audit.run(key.directive(), key.machine(), "directive.sent", AuditEvent.OK, OptionalInt.empty());
      case RunState.Queued _,RunState.Running _ -> {
      }
      case RunState.Ended(Outcome outcome) ->
        audit.run(key.directive(), key.machine(), "directive.ended", outcome.word(), exitCode);
    }
  }

  private static IllegalStateException changed(RunKey key) {
    return new IllegalStateException("run " + key + " changed while this transaction held it");
  }

  /**
   * What became of a run.
   *
   * @param ended the run, if it ended here
   */
  private record Change(RunState state, Optional<Run> ended, Progress progress) {
    /** A directive takes a number for each of its runs when it is given, so one that has one number more than was taken here has one run. */
    Optional<DirectiveLog.Page> whole(List<OutputChunk> rest) {
      long last = progress.sequence();
      return progress.openRuns() > 0 || last != rest.size() + 2L
          ? Optional.empty()
          : ended.map(run -> DirectiveLog.whole(run, rest, last));
    }
  }

  /** Stores pieces of one run's log. */
  public void append(RunKey key, List<OutputChunk> chunks) {
    if (!chunks.isEmpty()) {
      long last = directives.advance(key.directive(), chunks.size(), Counted.NOTHING).sequence();
      runs.countOutput(key, insert(chunks, last - chunks.size() + 1));
    }
  }

  /** Marks a run that waits as handed to its machine; false if it does not wait. */
  public boolean handOver(RunKey key, Instant now) {
    boolean waits = runs.state(key).filter(state -> state instanceof RunState.Queued).isPresent();
    return waits && happen(key, new RunEvent.Offered(), "", now).isPresent();
  }

  /** Ends a run that waits because its giver may not have it done any more; one that was handed over goes on. */
  public void withdraw(RunKey key, Instant now) {
    if (runs.state(key).filter(state -> state instanceof RunState.Queued).isPresent()) {
      happen(key, new RunEvent.CancelAsked(), Directive.UNWARRANTED, now);
    }
  }

  /** Cancels up to {@link #BATCH} queued runs of a directive; answers how many. */
  public int cancelQueued(String directive, String reason, Instant now) {
    return happenToAll(runs.inState(directive, new RunState.Queued(), BATCH), new RunEvent.CancelAsked(), reason, now);
  }

  /** Asks up to {@link #BATCH} running runs of a directive to be cancelled; answers which. */
  public List<RunKey> cancelRunning(String directive, String reason, Instant now) {
    List<RunKey> running = runs.inState(directive, new RunState.Running(false), BATCH);
    happenToAll(running, new RunEvent.CancelAsked(), reason, now);
    return running;
  }

  /** Ends up to {@link #BATCH} queued runs whose directive's lifetime is over; answers which. */
  public List<RunKey> expire(String reason, Instant now) {
    List<RunKey> overdue = runs.overdue(new RunState.Queued(), now, BATCH);
    happenToAll(overdue, new RunEvent.LifetimeEnded(), reason, now);
    return overdue;
  }

  /** Ends up to {@link #BATCH} runs that were handed to machines which stayed away; answers which. */
  public List<RunKey> abandon(boolean cancelling, Instant expiredBy, String reason, Instant now) {
    List<RunKey> lost = runs.overdue(new RunState.Running(cancelling), expiredBy, BATCH);
    happenToAll(lost, new RunEvent.Abandoned(), reason, now);
    return lost;
  }

  /**
   * Cancels queued runs of one machine, oldest directive first.
   *
   * @param after the directive to go on after; {@code ""} begins with the oldest
   * @param mayCancel whether runs of this action may be cancelled by whoever asks
   */
  public QueueCut cancelQueue(String machine, String after, Predicate<String> mayCancel, String reason, Instant now) {
    List<RunTable.Waiting> waiting = runs.waiting(machine, after, BATCH);
    var cancelled = new ArrayList<String>();
    for (RunTable.Waiting run : waiting) {
      if (mayCancel.test(run.action())) {
        happen(new RunKey(run.directive(), machine), new RunEvent.CancelAsked(), reason, now);
        cancelled.add(run.directive());
      }
    }
    return new QueueCut(cancelled, waiting.size() - cancelled.size(),
        waiting.size() < BATCH ? "" : waiting.getLast().directive());
  }

  /**
   * What was cut out of a machine's queue.
   *
   * @param cancelled the directives whose runs were cancelled
   * @param kept how many were not, because whoever asked may not cancel them
   * @param next where to go on; {@code ""} at the end
   */
  public record QueueCut(List<String> cancelled, int kept, String next) {}

  private static Counted counted(RunState before, RunState after, RunEnd end) {
    int active = (after instanceof RunState.Running ? 1 : 0) - (before instanceof RunState.Running ? 1 : 0);
    return switch (after) {
      case RunState.Queued _,RunState.Running _ -> new Counted(0, active, 0);
      case RunState.Ended(Outcome outcome) ->
        new Counted(-1, active, BatchRule.failed(outcome, end.exitCode()) ? 1 : 0);
    };
  }

  private int happenToAll(List<RunKey> keys, RunEvent event, String reason, Instant now) {
    keys.forEach(key -> happen(key, event, reason, now));
    return keys.size();
  }

  /** Answers how many bytes the pieces hold. */
  private long insert(List<OutputChunk> chunks, long firstNumber) {
    long number = firstNumber;
    long bytes = 0;
    for (OutputChunk chunk : chunks) {
      output.insert(chunk, number++);
      bytes += chunk.bytes().length;
    }
    return bytes;
  }
}
