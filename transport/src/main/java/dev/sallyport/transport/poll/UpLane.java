package dev.sallyport.transport.poll;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Brings messages to the server: one request at a time, each with all that waits, repeated until the server says that it has them. */
final class UpLane extends Lane {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final MessageBox outgoing;
  private final Runnable first;
  private final String end;
  private long next;

  /** @param first run when the first message has arrived: the link exists, and its other lane can begin */
  UpLane(PollCaller caller, String link, MessageBox outgoing, Runnable first, Consumer<IOException> broken) {
    super("poll-up", caller, PollLane.UP.path(link), broken);
    this.outgoing = outgoing;
    this.first = first;
    this.end = PollLane.END.path(link);
  }

  @Override
  boolean step() throws IOException {
    // Before the first answer nothing but a HELLO waits here, and no more than that would be taken.
    List<byte[]> batch = outgoing.peek(PollBody.MAX_BYTES - PollBody.Batch.HEAD_BYTES);
    if (batch.isEmpty()) {
      return false;
    }
    PollBody.Taken taken = PollBody.Taken.decode(post(path(), new PollBody.Batch(next, batch).encode(), ANSWER));
    long arrived = taken.next() - next;
    if (arrived <= 0 || arrived > batch.size()) {
      throw new IOException("the server counts messages that were not sent");
    }
    boolean begins = next == 0;
    next = taken.next();
    outgoing.remove((int) arrived);
    if (begins) {
      first.run();
    }
    return true;
  }

  @Override
  void over() throws IOException {
    if (works()) {
      post(end, new PollBody.Taken(0).encode(), FAREWELL);
    }
  }

  @Override
  boolean works() {
    return next > 0;
  }

  @Override
  void failed(Duration lasted) {
    // the same messages go again
  }
}
