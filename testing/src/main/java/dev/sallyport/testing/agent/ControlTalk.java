package dev.sallyport.testing.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.ServerMessage;
import dev.sallyport.protocol.channel.StreamKind;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.session.stream.StreamResetException;
import org.jspecify.annotations.Nullable;

/** A fake agent's control stream: describes itself, and keeps what the server says for a test to look at. */
public final class ControlTalk {
  private final String hostname;
  private final Executor threads;
  private final BlockingQueue<ServerMessage> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<GoAwayCode> goneAway = new LinkedBlockingQueue<>();
  private volatile @Nullable SessionStream stream;
  private volatile Duration retryAfter = Duration.ZERO;

  ControlTalk(String hostname, Executor threads) {
    this.hostname = hostname;
    this.threads = threads;
  }

  void begin(Session session) {
    try {
      SessionStream opened = session.tryOpen(StreamKind.CONTROL.code(), new byte[0]);
      if (opened == null) {
        throw new IllegalStateException("the first stream of a session always has room");
      }
      stream = opened;
      opened.onReadable(() -> threads.execute(() -> read(opened)));
      say(new AgentMessage.Describe("0.1.0", hostname, "FakeOS 1", "", "x86_64", "", Instant.EPOCH, List.of()));
    } catch (SessionClosedException e) {
      stream = null; // it ended at once
    }
  }

  /** The stream itself, for mischief. */
  public SessionStream stream() {
    SessionStream open = stream;
    if (open == null) {
      throw new IllegalStateException("the control stream is not open");
    }
    return open;
  }

  /** Says something; false if the server does not read. */
  public boolean say(AgentMessage message) {
    SessionStream open = stream;
    try {
      return open != null && open.tryWrite(message.encode(), false);
    } catch (StreamResetException | SessionClosedException e) {
      return false;
    }
  }

  /** Says which results are held. */
  public boolean holds(List<OperationId> ids) {
    return say(new AgentMessage.Held(ids, false));
  }

  /** What the server said, in order; a test takes from it. */
  public BlockingQueue<ServerMessage> heard() {
    return heard;
  }

  /** Why the server ended sessions, in order; a test takes from it. */
  public BlockingQueue<GoAwayCode> goneAways() {
    return goneAway;
  }

  /** How long the server asked to stay away. */
  public Duration retryAfter() {
    return retryAfter;
  }

  private synchronized void read(SessionStream opened) {
    try {
      while (opened.isReadable()) {
        byte[] body = opened.read();
        if (body == null) {
          finish(opened);
          return;
        }
        heard.add(ServerMessage.decode(body));
      }
    } catch (StreamResetException | SessionClosedException e) {
      stream = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void finish(SessionStream opened) throws StreamResetException, SessionClosedException,
      InterruptedException {
    opened.write(new byte[0], true);
  }

  void goneAway(GoAwayCode code, Duration stayAway) {
    retryAfter = stayAway;
    goneAway.add(code);
  }
}
