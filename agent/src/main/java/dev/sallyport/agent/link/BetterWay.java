package dev.sallyport.agent.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.transport.ladder.Rung;
import org.jspecify.annotations.Nullable;

/**
 * While a link lives on a rung that is not the best, tries the better ones from time to time, at quiet moments. A better link is up
 * before the old one ends: the server ends it when it hears the newer.
 */
final class BetterWay {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(30);
  private static final Duration LAST_LOOK = Duration.ofHours(1);
  private static final long STACK_BYTES = 256 * 1024;

  private final Rung rung;
  private final LinkKeeper keeper;
  private final Thread thread = new Thread(null, this::look, "link-better", STACK_BYTES, false);
  private boolean called; // the old link has ended
  private boolean found; // a better one lives, on this object's thread
  private @Nullable LinkEnd end;

  /** @param rung the one that the link lives on */
  BetterWay(Rung rung, LinkKeeper keeper) {
    this.rung = rung;
    this.keeper = keeper;
    thread.setDaemon(true);
  }

  void start() {
    if (!keeper.betterThan(rung).isEmpty()) {
      thread.start();
    }
  }

  /** The old link has ended: so has the search, or else it was successful and its link's end counts. */
  LinkEnd end(LinkEnd old) {
    synchronized (this) {
      called = true;
      if (!found) {
        thread.interrupt();
        return old;
      }
    }
    try {
      thread.join();
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

  private void look() {
    try {
      for (Duration pause = FIRST_LOOK; wanted(); pause = longer(pause)) {
        keeper.parts().networks().pause(pause);
        if (wanted() && keeper.parts().executor().underWay() == 0 && climbs()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the link has ended, and with it this thread
    }
  }

  private boolean climbs() {
    var tried = new ArrayList<Tried>();
    List<Rung> better = keeper.betterThan(rung);
    if (better.isEmpty() || !(keeper.climb(better, this::wanted, tried) instanceof Reached.Server server)) {
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

  private static Duration longer(Duration pause) {
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LAST_LOOK) < 0 ? next : LAST_LOOK;
  }
}
