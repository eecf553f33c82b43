package dev.sallyport.transport.memory;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;

/** One end of a pair; what one end sends the other receives, unless the script decides otherwise. */
public final class MemoryWire implements Wire {
  private static final WireFacts FACTS = new WireFacts("memory", "direct", "", new byte[0], "");

  private final Direction direction;
  private final Script script;
  private final MessageQueue in;
  private final MessageQueue out;
  private volatile Duration readTimeout = Duration.ZERO;
  private int sent;

  private MemoryWire(Direction direction, Script script, MessageQueue in, MessageQueue out) {
    this.direction = direction;
    this.script = script;
    this.in = in;
    this.out = out;
  }

  /**
   * Two connected ends.
   *
   * @param first by custom the agent's end
   * @param second by custom the server's end
   */
  public record Pair(MemoryWire first, MemoryWire second) {}

  /** A pair that delivers everything. */
  public static Pair pair() {
    return pair(Script.faithful());
  }

  /** A pair under a script. */
  public static Pair pair(Script script) {
    MessageQueue toFirst = new MessageQueue();
    MessageQueue toSecond = new MessageQueue();
    return new Pair(new MemoryWire(Direction.TO_SECOND, script, toFirst, toSecond),
        new MemoryWire(Direction.TO_FIRST, script, toSecond, toFirst));
  }

  @Override
  public synchronized void send(byte[] message) throws IOException {
    Wire.requireLength(message);
    switch (script.fate(direction, sent++, message.clone())) {
      case Fate.Deliver(byte[] bytes) -> put(bytes);
      case Fate.DeliverAndCut(byte[] bytes) -> {
        put(bytes);
        cut();
      }
      case Fate.Cut _ -> cut();
      case Fate.Lose _ -> requireOpen();
    }
  }

  private void put(byte[] message) throws IOException {
    try {
      if (!out.put(message)) {
        throw new IOException("the wire is cut");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void requireOpen() throws IOException {
    if (out.ended()) {
      throw new IOException("the wire is cut");
    }
  }

  @Override
  public byte[] receive() throws IOException {
    try {
      return switch (in.take(readTimeout)) {
        case MessageQueue.Message(byte[] bytes) -> bytes;
        case MessageQueue.End _ -> throw new EOFException("the other end closed the wire");
        case MessageQueue.Nothing _ -> throw new SocketTimeoutException("no message within " + readTimeout);
      };
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    IOException failure = new InterruptedIOException("interrupted on a memory wire");
    failure.initCause(e);
    return failure;
  }

  @Override
  public void readTimeout(Duration timeout) {
    readTimeout = timeout;
  }

  @Override
  public WireFacts facts() {
    return FACTS;
  }

  /** Breaks the wire for both ends, as a pulled cable would: what was delivered before can still be received. */
  public void cut() {
    in.end();
    out.end();
  }

  @Override
  public void close() {
    cut();
  }
}
