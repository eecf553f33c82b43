package dev.sallyport.agent.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.transport.ladder.Rung;
import org.jspecify.annotations.Nullable;

/**
 * While a link lives on a rung that is not the best, tries the better ones from time to time, at quiet moments, and soon after the order
 * of rungs has changed. A better link is up before the old one ends: the server ends it when it hears the newer.
 *
 * <p>There is a thread for it only while there is something better. It is interrupted only while it rests, or when its link is over.
 */
final class BetterWay {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(30);
  private static final Duration LAST_LOOK = Duration.ofHours(1);
  /** A whole site is told another order at one moment; its agents come over within this time, each at a moment of its own. */
  private static final Duration NEW_ORDER = Duration.ofSeconds(10);
  /** Until another look where work was under way at the last. */
  private static final Duration BUSY_LOOK = Duration.ofSeconds(5);
  private static final long STACK_BYTES = 256 * 1024;

  private final Rung rung;
  private final LinkKeeper keeper;
  private @Nullable Thread thread; // looks
  private boolean resting; // the thread, between two looks
  private boolean reordered; // and the thread has not yet heard of it
  private boolean called; // the old link has ended
  private boolean found; // a better one lives, on this object's thread
  private @Nullable LinkEnd end;

  /** @param rung on which the link lives */
  BetterWay(Rung rung, LinkKeeper keeper) {
    this.rung = rung;
    this.keeper = keeper;
  }

  synchronized void start() {
    begin(FIRST_LOOK);
  }

  /** Other rungs are better now than before. Does not block. */
  synchronized void reordered() {
    if (called || found) {
      return;
    }
    Thread looking = thread;
    if (looking == null) {
      begin(soon());
      return;
    }
    reordered = true;
    if (resting) {
      looking.interrupt();
    }
  }

  private void begin(Duration pause) {
    if (!called && !keeper.betterThan(rung).isEmpty()) {
      var looking = new Thread(null, () -> look(pause), "link-better", STACK_BYTES, false);
      looking.setDaemon(true);
      thread = looking;
      looking.start();
    }
  }

  /** The old link has ended: so has the search, or else it was successful and its link's end counts. */
  LinkEnd end(LinkEnd old) {
    Thread looking;
    synchronized (this) {
      called = true;
      looking = thread;
      if (looking == null) {
        return end == null ? old : end;
      }
      if (!found) {
        looking.interrupt();
        return old;
      }
    }
    try {
      looking.join();
    } catch (InterruptedException e) {
      keeper.goAway();
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return end == null ? old : end;
    }
  }

  private synchronized boolean wanted() {
    return !called && !keeper.isStopping();
  }

  private synchronized boolean goesLive() {
    found = wanted();
    return found;
  }

  private void look(Duration firstPause) {
    try {
      Duration pause = firstPause;
      while (wanted()) {
        if (rested(pause)) {
          List<Rung> better = keeper.betterThan(rung);
          boolean quiet = keeper.parts().executor().underWay() == 0;
          if (nothingLeft(better) || (quiet && climbs(better))) {
            return;
          }
          pause = quiet ? longer(pause) : notBelow(BUSY_LOOK, pause);
        } else {
          pause = soon();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the link has ended, and with it this thread
    }
  }

  /** @return false if the order has changed before or meanwhile */
  private boolean rested(Duration pause) throws InterruptedException {
    synchronized (this) {
      if (takesNews()) {
        return false;
      }
      resting = true;
    }
    try {
      keeper.parts().networks().pause(pause);
    } catch (InterruptedException e) {
      if (!wokenByNews()) {
        throw e;
      }
      return false;
    }
    return !wokenByNews();
  }

  /** Nobody interrupts for news any more. */
  private synchronized boolean wokenByNews() {
    resting = false;
    boolean news = takesNews() && !called;
    if (news) {
      var _ = Thread.interrupted(); // it may have come just after the rest
    }
    return news;
  }

  private boolean takesNews() {
    boolean news = reordered;
    reordered = false;
    return news;
  }

  /** The link is on the best rung now: until that changes there is no thread. */
  private synchronized boolean nothingLeft(List<Rung> better) {
    if (better.isEmpty() && !reordered) {
      thread = null;
    }
    return thread == null;
  }

  private boolean climbs(List<Rung> better) {
    if (better.isEmpty()) {
      return false; // and the order has just changed once more
    }
    var tried = new ArrayList<Tried>();
    if (!(keeper.climb(better, this::wanted, tried) instanceof Reached.Server server)) {
      return false;
    }
    if (!goesLive()) {
      server.wire().close();
      server.accepted().verdict().keys().close();
      return false;
    }
    LinkEnd last = keeper.live(server, tried);
    synchronized (this) {
      end = last;
    }
    return true;
  }

  private static Duration soon() {
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(NEW_ORDER.toMillis()));
  }

  private static Duration notBelow(Duration least, Duration pause) {
    return pause.compareTo(least) < 0 ? least : pause;
  }

  private static Duration longer(Duration pause) {
    Duration next = notBelow(FIRST_LOOK, pause.multipliedBy(2));
    return next.compareTo(LAST_LOOK) < 0 ? next : LAST_LOOK;
  }
}
