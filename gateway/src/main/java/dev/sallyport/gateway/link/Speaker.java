package dev.sallyport.gateway.link;

import java.util.concurrent.RejectedExecutionException;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.session.stream.Outbound;
import dev.sallyport.session.stream.Session;
import org.jspecify.annotations.Nullable;

/** What goes to the agent: sealed messages, as long as the carrier takes them and no longer, all that are ready in one flush. */
final class Speaker implements Outbound {
  private final Arrival arrival;
  private final Carrier carrier;
  private @Nullable Session session; // of the carrier's executor, as all that follows
  private boolean closing;

  Speaker(Arrival arrival, Carrier carrier) {
    this.arrival = arrival;
    this.carrier = carrier;
  }

  /** From now on, the session says what is to be sent. */
  void speaksFor(Session newSession) {
    session = newSession;
  }

  /** Nothing more is said, and nothing more is heard. */
  boolean isClosing() {
    return closing;
  }

  boolean isActive() {
    return carrier.isActive();
  }

  void send(byte[] message) {
    carrier.write(message);
    carrier.flush();
  }

  /** Sends a last message and closes. */
  void sendLast(byte[] message) {
    if (!closing) {
      carrier.write(message);
      close();
    }
  }

  /** Sends what the session still has to say and closes. */
  void finish() {
    pump();
    close();
  }

  /** Says farewell. */
  void close() {
    if (!closing) {
      closing = true;
      arrival.expect(LinkServices.FAREWELL); // whoever does not read the farewell is not waited for
      carrier.farewell();
    }
  }

  void pump() {
    Session speaker = session;
    if (speaker == null || closing) {
      return;
    }
    boolean written = false;
    while (carrier.isWritable()) {
      byte[] message = speaker.nextMessage();
      if (message == null) {
        break;
      }
      carrier.write(message);
      written = true;
    }
    if (written) {
      carrier.flush();
    }
  }

  // -- from any thread ----------------------------------------------------------------------------------------------

  @Override
  public void wake() {
    onLoop(this::pump);
  }

  /** Runs a task on the carrier's executor, or not at all if the gateway is closed. */
  void onLoop(Runnable task) {
    try {
      carrier.executor().execute(task);
    } catch (RejectedExecutionException e) {
      arrival.close();
    }
  }
}
