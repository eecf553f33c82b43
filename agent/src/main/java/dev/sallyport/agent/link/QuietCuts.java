package dev.sallyport.agent.link;

import java.time.Duration;
import java.util.List;

import dev.sallyport.agent.ladder.Intervals;
import dev.sallyport.agent.log.Log;
import org.jspecify.annotations.Nullable;

/**
 * Tells links that were cut because they were quiet from those whose server or network went away: where the very same way is open again
 * at the first attempt, the silence was the reason.
 */
final class QuietCuts {
  private final Intervals intervals;
  private final Log log;
  private @Nullable Cut last;

  /**
   * A link that ended without a word of why.
   *
   * @param network in which it lived
   * @param way the rung's name
   * @param interval of its keepalive at the end
   * @param quiet how long nothing had been heard
   * @param asked whether a question had gone out by then
   */
  record Cut(List<String> network, String way, Duration interval, Duration quiet, boolean asked) {}

  QuietCuts(Intervals intervals, Log log) {
    this.intervals = intervals;
    this.log = log;
  }

  synchronized void suspect(Cut cut) {
    last = cut;
  }

  /** There is a link again, or an attempt to have one has failed. */
  synchronized void after(List<String> network, String way, boolean atOnce) {
    Cut cut = last;
    last = null;
    if (cut == null || !atOnce || !cut.way().equals(way) || !cut.network().equals(network)) {
      return;
    }
    if (intervals.cut(cut.network(), cut.way(), cut.interval(), cut.quiet(), cut.asked())) {
      log.repeated("quiet", "the link was cut after " + cut.quiet().toSeconds()
          + " s without a word, and the same way is open: something on it forgets quiet connections, so they will be less quiet");
    }
  }
}
