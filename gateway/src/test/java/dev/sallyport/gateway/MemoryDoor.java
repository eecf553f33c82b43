package dev.sallyport.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

import dev.sallyport.gateway.arrival.Arriving;
import dev.sallyport.gateway.link.Carrier;
import dev.sallyport.gateway.link.Conversation;
import dev.sallyport.gateway.link.SerialTasks;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.memory.MemoryWire;
import dev.sallyport.transport.socket.Route;

/** The way to a gateway that is no network: agent and gateway hold the two ends of a wire in memory. */
final class MemoryDoor implements Binding {
  private final Gateway gateway;

  MemoryDoor(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public String transport() {
    return "memory";
  }

  @Override
  public Set<Scheme> schemes() {
    return EnumSet.of(Scheme.WSS);
  }

  @Override
  public Wire dial(ServerAddress address, Route route, Duration timeout) throws IOException {
    MemoryWire.Pair pair = MemoryWire.pair();
    Gateway.Inside inside = gateway.inside();
    var end = new ServerEnd(pair.second(), inside.services().threads());
    inside.arrivals().letIn(end, InetAddress.getLoopbackAddress(), transport())
        .ifPresentOrElse(arrival -> {
          var conversation = new Conversation(inside.services(), arrival, end);
          end.tasks.execute(conversation::begin);
          Thread.ofVirtual().start(() -> {
            end.read(conversation);
            arrival.ended();
          });
          Thread.ofVirtual().start(() -> end.write(conversation));
        }, pair.second()::close);
    return pair.first();
  }

  /** The gateway's end. A reader hands on one message after the other, a writer sends what waits. */
  private static final class ServerEnd implements Carrier, Arriving {
    /** So many messages may wait before the conversation is asked to stop. */
    private static final int MAX_WAITING = 64;
    private static final byte[] FAREWELL = new byte[0];

    private final MemoryWire wire;
    private final Executor tasks;
    private final LinkedBlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
    private volatile boolean open = true;
    private volatile boolean full; // somebody was told to stop, and waits to be told to go on

    ServerEnd(MemoryWire wire, Executor threads) {
      this.wire = wire;
      this.tasks = new SerialTasks(threads);
    }

    private void read(Conversation conversation) {
      try {
        while (true) {
          byte[] message = wire.receive();
          CompletableFuture.runAsync(() -> conversation.message(message), tasks).join();
        }
      } catch (IOException | CompletionException e) {
        open = false;
        waiting.add(FAREWELL);
        wire.close();
        CompletableFuture.runAsync(conversation::ended, tasks).join();
      }
    }

    private void write(Conversation conversation) {
      try {
        for (byte[] message = waiting.take(); message.length > 0; message = waiting.take()) {
          wire.send(message);
          if (full && waiting.size() <= MAX_WAITING / 2) {
            full = false;
            tasks.execute(conversation::writable);
          }
        }
      } catch (IOException e) {
        open = false; // the reader meets the same end
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        wire.close();
      }
    }

    @Override
    public String transport() {
      return "memory";
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
      if (waiting.size() >= MAX_WAITING) {
        full = true;
      }
      return open && waiting.size() < MAX_WAITING;
    }

    @Override
    public void write(byte[] message) {
      waiting.add(message);
    }

    @Override
    public void flush() {
      // the writer needs no telling
    }

    @Override
    public void farewell() {
      waiting.add(FAREWELL);
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      wire.close();
    }
  }
}
