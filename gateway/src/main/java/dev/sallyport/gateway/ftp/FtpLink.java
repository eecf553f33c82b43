package dev.sallyport.gateway.ftp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.arrival.Arriving;
import dev.sallyport.gateway.link.Carrier;
import dev.sallyport.gateway.link.Conversation;
import dev.sallyport.gateway.link.LinkServices;
import dev.sallyport.gateway.link.SerialTasks;
import dev.sallyport.transport.ftp.FtpBinding;
import dev.sallyport.transport.ftp.exchange.Depot;
import dev.sallyport.transport.ftp.exchange.Exchange;
import dev.sallyport.transport.ftp.exchange.ExchangeEvents;
import dev.sallyport.transport.ftp.exchange.LinkPlace;
import dev.sallyport.transport.ftp.exchange.Pace;
import org.jspecify.annotations.Nullable;

/** One agent's link over files. A virtual thread looks for files and writes them; the conversation's tasks run on another, in turn. */
final class FtpLink implements Carrier, Arriving, ExchangeEvents {
  /** How long the last file of a link lies there for its agent before everything is removed. */
  static final Duration LINGER = Duration.ofSeconds(30);

  private static final Logger LOG = System.getLogger(FtpLink.class.getName());
  /** From so many bytes that the conversation has not heard yet, no other file is taken. */
  private static final int MAX_UNHEARD_BYTES = 1024 * 1024;
  private static final long LOOK_MILLIS = 500;

  private final FtpLinks links;
  private final LinkPlace place;
  private final Depot depot;
  private final Exchange exchange;
  private final Executor tasks;
  private final AtomicInteger unheard = new AtomicInteger();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean open = true;
  private volatile boolean orderly;
  private @Nullable Conversation conversation; // of the tasks, once begun
  private volatile @Nullable Arrival arrival; // once begun

  @SuppressWarnings("this-escape") // the exchange tells nothing before it runs
  FtpLink(FtpLinks links, LinkPlace place, Depot depot, Duration slowest, Executor threads) {
    this.links = links;
    this.place = place;
    this.depot = depot;
    this.tasks = new SerialTasks(threads);
    this.exchange = Exchange.ofServer(depot, place, new Pace(slowest), this);
  }

  void begin(LinkServices services, Arrival counted) {
    tasks.execute(() -> {
      arrival = counted;
      Conversation begun = new Conversation(services, counted, this);
      conversation = begun;
      begun.begin();
    });
    services.threads().execute(this::carry);
  }

  boolean isLinked() {
    Arrival counted = arrival;
    return counted != null && counted.isLink();
  }

  String name() {
    return place.link();
  }

  /** Something may have come. */
  void wake() {
    exchange.wake();
  }

  /** The gateway stops: nothing is waited for any more. */
  void stop() {
    stopped.countDown();
    exchange.abort();
  }

  // -- on the thread that carries -----------------------------------------------------------------------------------

  private void carry() {
    try {
      exchange.run();
      if (orderly || lastWordsTaken()) {
        Leftovers.remove(depot, place.link());
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "files of an ended link could not be removed yet", e);
    } finally {
      depot.disconnect();
      links.gone(this);
    }
  }

  /** Waits for the agent to take what lies there for it; false if the gateway stops before. */
  private boolean lastWordsTaken() throws IOException {
    long start = System.nanoTime();
    try {
      while (!stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (depot.list(place.down()).isEmpty() || System.nanoTime() - start > LINGER.toNanos()) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Override
  public boolean hasRoom() {
    return unheard.get() < MAX_UNHEARD_BYTES;
  }

  @Override
  public void arrived(byte[] message) {
    unheard.addAndGet(message.length);
    int length = message.length; // the conversation may do with the message what it likes
    later(() -> {
      if (conversation != null && open) {
        conversation.message(message);
      }
      int before = unheard.getAndAdd(-length);
      if (before >= MAX_UNHEARD_BYTES && before - length < MAX_UNHEARD_BYTES) {
        exchange.wake();
      }
    });
  }

  @Override
  public void writable() {
    later(() -> {
      if (conversation != null && open) {
        conversation.writable();
      }
    });
  }

  @Override
  public void ended(String why, boolean byTheAgent) {
    orderly = byTheAgent;
    later(() -> {
      open = false; // behind the last message
      if (conversation != null) {
        conversation.ended();
      }
      Arrival counted = arrival;
      if (counted != null) {
        counted.ended();
      }
    });
  }

  private void later(Runnable task) {
    try {
      tasks.execute(task);
    } catch (RejectedExecutionException e) {
      exchange.abort(); // the gateway has stopped
    }
  }

  // -- the carrier --------------------------------------------------------------------------------------------------

  @Override
  public String transport() {
    return FtpBinding.TRANSPORT;
  }

  @Override
  public Executor executor() {
    return tasks;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  public boolean isWritable() {
    return open && exchange.isWritable();
  }

  @Override
  public void write(byte[] message) {
    exchange.put(message);
  }

  @Override
  public void flush() {
    exchange.wake();
  }

  @Override
  public void farewell() {
    exchange.finish();
  }

  // -- what the arrivals ask ----------------------------------------------------------------------------------------

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    exchange.abort();
  }
}
