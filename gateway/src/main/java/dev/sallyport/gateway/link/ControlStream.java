package dev.sallyport.gateway.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.ServerMessage;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.session.stream.StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * The one stream in which agent and server say what concerns no single operation. Reading needs no thread while nothing
 * comes; sending never blocks: what the agent does not take now waits here, within a bound.
 */
final class ControlStream {
  /** Messages that wait for an agent that does not read; beyond it the link ends. */
  static final int MAX_WAITING = 1_000;

  private final SessionStream stream;
  private final Executor threads;
  private final Consumer<GoAwayCode> ending;
  private @Nullable Deque<Piece> waiting; // null: nothing waits, and no thread writes
  private boolean finished;

  /**
   * @param threads where blocking writes are done
   * @param ending ends the link when the stream cannot go on
   */
  ControlStream(SessionStream stream, Executor threads, Consumer<GoAwayCode> ending) {
    this.stream = stream;
    this.threads = threads;
    this.ending = ending;
  }

  /** Hands over what has come; never waits for more. */
  void read(Consumer<AgentMessage> reader) {
    try {
      while (stream.isReadable()) {
        byte[] body = stream.read();
        if (body == null) {
          finish(); // the agent has said its last
          return;
        }
        reader.accept(AgentMessage.decode(body));
      }
    } catch (ProtocolException | StreamResetException e) {
      ending.accept(GoAwayCode.PROTOCOL);
    } catch (SessionClosedException e) {
      ending.accept(GoAwayCode.SHUTDOWN); // it is over already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void send(ServerMessage message) {
    send(new Piece(message.encode(), false));
  }

  /** Says that nothing more follows. */
  void finish() {
    send(new Piece(new byte[0], true));
  }

  private void send(Piece piece) {
    boolean overflow;
    boolean begin;
    synchronized (this) {
      if (finished) {
        return;
      }
      finished = piece.last();
      Deque<Piece> queue = waiting;
      begin = queue == null;
      if (queue == null) {
        queue = new ArrayDeque<>(2);
        waiting = queue;
      }
      overflow = queue.size() >= MAX_WAITING;
      if (!overflow) {
        queue.add(piece);
      }
    }
    if (overflow) {
      ending.accept(GoAwayCode.FLOW);
    } else if (begin) {
      threads.execute(this::write);
    }
  }

  private void write() {
    try {
      for (Piece piece = next(); piece != null; piece = next()) {
        stream.write(piece.body(), piece.last());
      }
    } catch (StreamResetException e) {
      ending.accept(GoAwayCode.PROTOCOL);
    } catch (SessionClosedException e) {
      ending.accept(GoAwayCode.SHUTDOWN); // it is over already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Piece next() {
    Piece piece = waiting == null ? null : waiting.poll();
    if (piece == null) {
      waiting = null;
    }
    return piece;
  }

  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  private record Piece(byte[] body, boolean last) {}
}
