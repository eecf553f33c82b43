package dev.sallyport.agent.link;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import dev.sallyport.agent.journal.Journal;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.agent.time.ServerClock;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.ReplyPayload;

/** What this agent learns from the server's answer to HELLO, besides the keys. */
final class ServerAnswer {
  /** How far the machine's clock may be from the server's before it is worth a line. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private final Journal journal;
  private final ServerClock serverClock;
  private final AgentClock clock;
  private final Log log;
  private volatile boolean unapproved;

  ServerAnswer(Journal journal, ServerClock serverClock, AgentClock clock, Log log) {
    this.journal = journal;
    this.serverClock = serverClock;
    this.clock = clock;
    this.log = log;
  }

  /** An operator must approve this machine before it takes orders. */
  boolean unapproved() {
    return unapproved;
  }

  /** Takes an answer in, of which it is proven that the server made it. */
  void heard(ReplyPayload payload) throws IOException {
    unapproved = payload.flags().contains(ReplyFlag.PENDING_APPROVAL);
    serverClock.set(payload.serverTimeMs());
    compareClocks(Instant.ofEpochMilli(payload.serverTimeMs()));
    if (journal.distrusted() || payload.flags().contains(ReplyFlag.ROLLBACK_SUSPECTED)) {
      journal.distrustBefore(serverClock.instant());
    }
  }

  /** A wrong clock hinders no link, but certificates that seem expired and times that mislead are worth a line. */
  private void compareClocks(Instant server) {
    Duration ahead = Duration.between(server, clock.instant());
    if (ahead.abs().compareTo(CLOCK_TOLERANCE) > 0) {
      Duration off = ahead.abs();
      log.trouble("clock",
          "this machine's clock is " + (off.toDays() > 1 ? off.toDays() + " days " : off.toMinutes() + " minutes ")
              + (ahead.isPositive() ? "ahead of" : "behind") + " the server's; set the wrong one right");
    }
  }
}
