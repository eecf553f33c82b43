package dev.sallyport.transport.poll;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Fetches messages from the server: one request at a time, which the server holds back while there are none. Where something between
 * ends held requests early, they are held for less.
 */
final class DownLane extends Lane {
  /** Shorter than what most proxies bear. */
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(25);
  private static final Duration SHORTEST_HOLD = Duration.ofSeconds(2);
  /** Beyond the hold, for the way there and back. */
  private static final Duration ANSWER = Duration.ofSeconds(15);
  /** A request that lived so long was held, and then ended by something between. */
  private static final Duration SURELY_HELD = Duration.ofSeconds(3);

  private final MessageBox incoming;
  private Duration hold = LONGEST_HOLD;
  private long turn;
  private long next;
  private boolean answered;

  DownLane(PollCaller caller, String link, MessageBox incoming, Consumer<IOException> broken) {
    super("poll-down", caller, PollLane.DOWN.path(link), broken);
    this.incoming = incoming;
  }

  @Override
  boolean step() throws IOException {
    PollBody.Batch batch = PollBody.Batch
        .decode(post(path(), new PollBody.Ask(turn++, next, hold).encode(), hold.plus(ANSWER)));
    if (batch.first() > next) {
      throw new PollCaller.Gone();
    }
    answered = true;
    long number = batch.first();
    for (byte[] message : batch.messages()) {
      if (number == next) {
        incoming.put(message);
        next++;
      }
      number++;
    }
    return true;
  }

  @Override
  void over() {
    // the other lane says farewell
  }

  @Override
  boolean works() {
    return answered;
  }

  @Override
  void failed(Duration lasted) {
    if (lasted.compareTo(SURELY_HELD) >= 0 && lasted.compareTo(hold) < 0) {
      Duration less = lasted.multipliedBy(4).dividedBy(5);
      hold = less.compareTo(SHORTEST_HOLD) > 0 ? less : SHORTEST_HOLD;
    }
  }
}
