package dev.sallyport.server.directive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

import dev.sallyport.server.directive.dispatch.ChangeListener;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.DirectiveLog;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.Progress;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.event.DirectiveWatch;
import dev.sallyport.server.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where requests wait for the end of a directive, so that a short one costs its sender one round trip. What a short directive did comes
 * from whoever stored it; of any other it is read.
 */
public final class AnswerDesk implements ChangeListener {
  /** Requests that may wait at once; more are answered without waiting. */
  static final int MAX_WAITING = 2_000;
  /** How often whoever waits looks whether the server is going away. */
  private static final Duration LOOK_UP = Duration.ofSeconds(1);

  private final Store store;
  private final ChangeFeed feed;
  private final LongSupplier nanoTime;
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public AnswerDesk(Store store, ChangeFeed feed, LongSupplier nanoTime) {
    this.store = store;
    this.feed = feed;
    this.nanoTime = nanoTime;
  }

  /**
   * A directive that requests wait for.
   *
   * @param watchers how many
   * @param whole all that happened to it, once somebody has told
   */
  private record Awaited(int watchers, Optional<DirectiveLog.Page> whole) {}

  @Override
  public void changed(String directive) {
    feed.directive(directive);
  }

  @Override
  public void ended(String directive, DirectiveLog.Page whole) {
    awaited.computeIfPresent(directive, (_, before) -> new Awaited(before.watchers(), Optional.of(whole)));
    feed.directive(directive);
  }

  /** A place to wait in, taken before the directive is given. Closed by whoever took it. */
  Place place() {
    return new Place(places.tryAcquire());
  }

  /** Lets nobody wait any more: the server is going away. */
  public void shutDown() {
    closed = true;
  }

  /** One request's place; without a seat, because all are taken, it does not wait. */
  final class Place implements AutoCloseable {
    private final boolean seated;
    private @Nullable DirectiveWatch watch;
    private String watched = "";
    private boolean lookFirst;

    private Place(boolean seated) {
      this.seated = seated;
    }

    /** Begins to watch the directive, which must be stored; what happens to it from now on is noticed. */
    void watch(String directive) {
      watched = directive;
      awaited.merge(directive, new Awaited(1, Optional.empty()),
          (before, _) -> new Awaited(before.watchers() + 1, before.whole()));
      watch = feed.watch(directive);
    }

    /** Nothing may happen to the directive any more: says so, that nobody waits for the first change. */
    void mayHaveEnded() {
      lookFirst = true;
    }

    /** Answers when the directive has ended, when so much time is over, or when the server goes away, whichever comes first. */
    Answer await(Directive directive, Duration atMost) throws InterruptedException {
      long deadline = nanoTime.getAsLong() + (seated ? atMost.toNanos() : 0);
      Optional<Answer> answer = Optional.empty();
      while (answer.isEmpty()) {
        boolean patient = (lookFirst || changedBefore(deadline)) && !closed;
        lookFirst = false;
        answer = told().map(whole -> answer(directive, whole, counts(whole)))
            .or(() -> store.read(sql -> patient && open(sql, directive)
                ? Optional.empty()
                : Optional.of(answer(sql, directive))));
      }
      return answer.get();
    }

    private Optional<DirectiveLog.Page> told() {
      Awaited now = awaited.get(watched);
      return now == null ? Optional.empty() : now.whole();
    }

    /** Waits for a change; false when the time is over, or the server goes away. */
    private boolean changedBefore(long deadline) throws InterruptedException {
      for (long left = left(deadline); left > 0 && !closed && watch != null; left = left(deadline)) {
        if (watch.take(Duration.ofNanos(Math.min(left, LOOK_UP.toNanos())))) {
          return true;
        }
      }
      return false;
    }

    private long left(long deadline) {
      return deadline - nanoTime.getAsLong();
    }

    @Override
    public void close() {
      if (watch != null) {
        watch.close();
        awaited.computeIfPresent(watched, (_, before) -> before.watchers() == 1
            ? null
            : new Awaited(before.watchers() - 1, before.whole()));
      }
      if (seated) {
        places.release();
      }
    }
  }

  private static boolean open(JdbcClient sql, Directive directive) {
    return new DirectiveTable(sql).progress(directive.id()).map(Progress::openRuns).orElse(0L) > 0;
  }

  private static Answer answer(JdbcClient sql, Directive directive) {
    DirectiveLog.Page page = new DirectiveLog(sql).after(directive.id(), 0);
    return answer(directive, page, page.complete()
        ? counts(page)
        : new RunTable(sql).counts(List.of(directive.id())).getOrDefault(directive.id(), Map.of()));
  }

  private static Answer answer(Directive directive, DirectiveLog.Page page, Map<String, Long> counts) {
    var runs = new ArrayList<RunView>();
    var output = new ArrayList<OutputView>();
    for (DirectiveLog.Entry entry : page.entries()) {
      switch (entry) {
        case DirectiveLog.Entry.Changed changed -> runs.add(RunView.of(changed.run()));
        case DirectiveLog.Entry.Wrote wrote -> output.add(OutputView.of(wrote.chunk()));
      }
    }
    return new Answer(DirectiveView.of(directive, counts, runs), output, page.complete(), Long.toString(page.upTo()));
  }

  /** How many runs are in which state, by a page that has them all. */
  private static Map<String, Long> counts(DirectiveLog.Page whole) {
    var counts = new TreeMap<String, Long>();
    for (DirectiveLog.Entry entry : whole.entries()) {
      if (entry instanceof DirectiveLog.Entry.Changed(Run run)) {
        counts.merge(run.state().shown(), 1L, Long::sum);
      }
    }
    return counts;
  }
}
