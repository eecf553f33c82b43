package dev.sallyport.transport.ftp.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.ProtocolException;

/**
 * One side of a conversation by files. One thread carries it ({@link #run}); every other method may be called by any thread and never
 * blocks. A failure of the place is borne for {@link #BEARABLE}: what was under way is done again, in such a way that the other side sees
 * each message once.
 */
public final class Exchange {
  /** How long the place may fail before the conversation is given up; a session would not bear silence much longer either. */
  public static final Duration BEARABLE = Duration.ofSeconds(60);

  /** How long the last files may take once {@link #finish} was called. */
  public static final Duration FAREWELL = Duration.ofSeconds(10);

  /** Times in a row that a place may say no: then it means it. */
  private static final int MAX_REFUSALS = 6;

  private static final long FIRST_RETRY_MILLIS = 250;
  private static final long LAST_RETRY_MILLIS = 5_000;

  private final Depot depot;
  private final ExchangeEvents events;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Pace pace;
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean aborted;
  private volatile long finishBy;
  private volatile boolean finishing;
  private int failures;
  private int refusals;
  private long failingSince;

  private Exchange(Depot depot, LinkPlace place, String out, String in, Pace pace, ExchangeEvents events) {
    this.depot = depot;
    this.events = events;
    this.pace = pace;
    this.outbox = new Outbox(place, out);
    this.inbox = new Inbox(place, in, events::hasRoom, this::took);
  }

  /** The agent's side. */
  public static Exchange ofAgent(Depot depot, LinkPlace place, Pace pace, ExchangeEvents events) {
    return new Exchange(depot, place, place.up(), place.down(), pace, events);
  }

  /** The server's side. */
  public static Exchange ofServer(Depot depot, LinkPlace place, Pace pace, ExchangeEvents events) {
    return new Exchange(depot, place, place.down(), place.up(), pace, events);
  }

  /** Sends a message with one of the next files, whether {@link #isWritable} or not. */
  public void put(byte[] message) {
    outbox.put(message);
    wakes.release();
  }

  /** Whether little enough waits that more should be sent. */
  public boolean isWritable() {
    return outbox.hasRoom();
  }

  /** Looks now: there is room again, or something may have come. */
  public void wake() {
    wakes.release();
  }

  /** Sends what waits, says that it was the last, and ends; within {@link #FAREWELL}. */
  public void finish() {
    finishBy = System.nanoTime() + FAREWELL.toNanos();
    finishing = true;
    outbox.finish();
    wakes.release();
  }

  /** Ends without a word, when what is just being done at the place is done. */
  public void leave() {
    aborted = true;
    wakes.release();
  }

  /** Ends at once. */
  public void abort() {
    aborted = true;
    depot.disconnect();
    wakes.release();
  }

  /** Carries messages until it is over. */
  public void run() {
    String why = "this end closed the link";
    try {
      while (!isOver()) {
        long wait = step();
        if (!isOver() && wakes.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
          wakes.drainPermits();
        }
      }
      if (inbox.isOver()) {
        why = "the other side closed the link";
      }
    } catch (ProtocolException e) {
      why = "a file held what no message looks like: " + e.getMessage();
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      why = "interrupted";
    } finally {
      try {
        events.ended(why, inbox.isOver());
      } finally {
        depot.disconnect();
      }
    }
  }

  private boolean isOver() {
    return aborted || inbox.isOver()
        || (finishing && (outbox.isDone() || System.nanoTime() - finishBy >= 0));
  }

  /** Does what can be done now; returns how many milliseconds to wait then. */
  private long step() throws IOException {
    boolean moved;
    try {
      moved = outbox.work(depot);
      moved |= !finishing && inbox.work(depot);
    } catch (IOException e) {
      return bear(e);
    }
    failures = 0;
    refusals = 0;
    if (outbox.takeNewsOfRoom()) {
      events.writable();
    }
    if (!moved) {
      return pace.next();
    }
    pace.moved();
    return 0;
  }

  private long bear(IOException failure) throws IOException {
    long now = System.nanoTime();
    if (failures++ == 0) {
      failingSince = now;
    }
    refusals = failure instanceof DepotRefusal ? refusals + 1 : 0;
    if (refusals == MAX_REFUSALS || now - failingSince >= BEARABLE.toNanos()) {
      throw failure;
    }
    return Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(failures, Integer.BYTES * 2));
  }

  private void took(Batch batch) {
    for (byte[] message : batch.messages()) {
      events.arrived(message);
    }
  }
}
