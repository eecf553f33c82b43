package dev.sallyport.transport.ftp;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.sallyport.transport.ftp.exchange.Depot;
import dev.sallyport.transport.ftp.exchange.Exchange;
import dev.sallyport.transport.ftp.exchange.ExchangeEvents;
import dev.sallyport.transport.ftp.exchange.LinkPlace;
import dev.sallyport.transport.ftp.exchange.Pace;

/** The other end of a wire, for a test. */
final class ServerSide implements ExchangeEvents, AutoCloseable {
  final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
  final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  volatile boolean room = true;
  final Exchange exchange;
  private final Thread carrier;

  ServerSide(Depot depot, String link, Duration slowest) {
    exchange = Exchange.ofServer(depot, new LinkPlace(link), new Pace(slowest), this);
    carrier = Thread.ofVirtual().start(exchange::run);
  }

  byte[] next() throws InterruptedException {
    byte[] message = arrived.poll(60, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing arrived" + (ended.isDone() ? ", and the exchange has ended" : ""));
    }
    return message;
  }

  @Override
  public boolean hasRoom() {
    return room;
  }

  @Override
  public void arrived(byte[] message) {
    arrived.add(message);
  }

  @Override
  public void writable() {
    // the tests send little from here
  }

  @Override
  public void ended(String why, boolean orderly) {
    ended.complete(orderly);
  }

  @Override
  public void close() {
    exchange.abort();
    try {
      carrier.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
