package dev.sallyport.transport.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;

import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.ftp.exchange.Depot;
import dev.sallyport.transport.ftp.exchange.Exchange;
import dev.sallyport.transport.ftp.exchange.ExchangeEvents;
import dev.sallyport.transport.ftp.exchange.LinkPlace;
import dev.sallyport.transport.ftp.exchange.Pace;
import org.jspecify.annotations.Nullable;

/**
 * The agent's end of an exchange of files. A thread of its own talks to the FTP server; senders and receivers meet it at two bounded
 * queues.
 */
final class FtpWire implements Wire, ExchangeEvents {
  /** From so many bytes not yet received, no other file is taken. */
  private static final int MAX_ARRIVED_BYTES = 1024 * 1024;
  /** How long {@link #close} waits for the last words to lie there. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final long STACK_BYTES = 512 * 1024;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Duration slowest;
  private final Depot depot;
  private final LinkPlace place;
  private final WireFacts facts;
  private final Exchange exchange;
  private final Thread carrier;
  private final Object lock = new Object();
  private final ArrayDeque<byte[]> arrived = new ArrayDeque<>(); // under the lock
  private int arrivedBytes; // under the lock
  private boolean spoke; // under the lock
  private boolean heard; // under the lock
  private boolean closed; // under the lock
  private @Nullable String end; // under the lock: why it is over, once it is
  private boolean orderly; // under the lock
  private volatile Duration readTimeout = Duration.ZERO;

  /** @param slowest the longest wait between two looks */
  @SuppressWarnings("this-escape") // nothing is told before the thread is started
  FtpWire(Depot depot, LinkPlace place, WireFacts facts, Duration slowest) {
    this.depot = depot;
    this.slowest = slowest;
    this.place = place;
    this.facts = facts;
    this.exchange = Exchange.ofAgent(depot, place, new Pace(slowest), this);
    this.carrier = new Thread(null, exchange::run, "ftp-link", STACK_BYTES, false);
    carrier.setDaemon(true);
  }

  FtpWire start() {
    carrier.start();
    return this;
  }

  @Override
  public void send(byte[] message) throws IOException {
    if (message.length == 0 || message.length > TransportMessage.MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("a message has 1 to " + TransportMessage.MAX_MESSAGE_BYTES + " bytes, not "
          + message.length);
    }
    synchronized (lock) {
      requireOpen();
      while (!exchange.isWritable()) {
        await(0);
        requireOpen();
      }
      exchange.put(message.clone());
      spoke = true;
    }
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new EOFException("this end closed the connection");
    }
    if (end != null) {
      throw orderly ? new EOFException(end) : new IOException(end);
    }
  }

  @Override
  public byte[] receive() throws IOException {
    byte[] message;
    synchronized (lock) {
      long limit = readTimeout.toNanos();
      long start = System.nanoTime();
      while (closed || arrived.isEmpty()) {
        requireOpen();
        long left = limit - (System.nanoTime() - start);
        if (limit > 0 && left <= 0) {
          throw new SocketTimeoutException("no message within " + readTimeout.toMillis() + " ms");
        }
        await(limit == 0 ? 0 : left / NANOS_PER_MILLI + 1);
      }
      message = arrived.remove();
      arrivedBytes -= message.length;
      if (arrivedBytes + message.length < MAX_ARRIVED_BYTES || arrivedBytes >= MAX_ARRIVED_BYTES) {
        return message;
      }
    }
    exchange.wake(); // there is room again
    return message;
  }

  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private void await(long millis) throws IOException {
    try {
      lock.wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      IOException failure = new InterruptedIOException("interrupted while waiting for files");
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public void readTimeout(Duration timeout) {
    readTimeout = timeout;
  }

  /** Both sides may have just looked, and look again only after their longest wait. */
  @Override
  public Duration answer() {
    return slowest.multipliedBy(2);
  }

  @Override
  public WireFacts facts() {
    return facts;
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      lock.notifyAll();
      if (spoke) {
        exchange.finish();
      } else {
        exchange.leave();
      }
    }
    try {
      carrier.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // -- on the carrying thread ---------------------------------------------------------------------------------------

  /** Nobody ever answered: what lies there is nobody's, and an attempt every minute would fill the place. */
  private void takeBack() {
    try {
      for (String name : depot.list(place.up())) {
        if (LinkPlace.isFile(place.link(), name)) {
          depot.delete(place.up() + "/" + name);
        }
      }
      depot.removeDirectory(place.up());
      depot.removeDirectory(place.down());
      depot.removeDirectory(place.link());
    } catch (IOException _) {
      // what is left is the server's to clear away, by its age
    }
  }

  @Override
  public boolean hasRoom() {
    synchronized (lock) {
      return arrivedBytes < MAX_ARRIVED_BYTES;
    }
  }

  @Override
  public void arrived(byte[] message) {
    synchronized (lock) {
      heard = true;
      arrived.add(message);
      arrivedBytes += message.length;
      lock.notifyAll();
    }
  }

  @Override
  public void writable() {
    synchronized (lock) {
      lock.notifyAll();
    }
  }

  @Override
  public void ended(String why, boolean byTheOtherSide) {
    boolean answered;
    synchronized (lock) {
      end = byTheOtherSide ? "the server closed the link" : why;
      orderly = byTheOtherSide;
      answered = heard;
      lock.notifyAll();
    }
    if (!answered) {
      takeBack();
    }
  }
}
