package dev.sallyport.gateway.poll;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.arrival.Arriving;
import dev.sallyport.gateway.link.Carrier;
import dev.sallyport.gateway.link.Conversation;
import dev.sallyport.gateway.link.LinkServices;
import dev.sallyport.transport.poll.PollBody;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One agent's link over polls. What was written stays here until the agent asks for what comes after it, so that an answer lost on the
 * way costs a repetition and no message. Everything happens on its event loop.
 */
final class PollLink implements Carrier, Arriving {
  /** Bytes that wait for the agent before the session is asked to pause, and down to which it pauses. */
  private static final int HIGH_WATER_BYTES = 512 << 10;
  private static final int LOW_WATER_BYTES = 128 << 10;
  /** Connections of a link that do not count as strangers': one for each lane, and those that take the places of broken ones. */
  private static final int MAX_OWN_CONNECTIONS = 4;

  private final PollLinks links;
  private final String id;
  private final String transport;
  private final EventLoop loop;
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(); // of the loop, as all that follows
  private int waitingBytes;
  private long firstWaiting;
  private long handedOut;
  private long expected;
  private long turn = -1;
  private boolean held;
  private boolean leaving;
  private @Nullable Reply parked;
  private @Nullable Future<?> hold;
  private @Nullable Arrival arrival;
  private @Nullable Conversation conversation;
  private volatile boolean open = true;
  private volatile boolean established;
  private final Set<Arrival> own = Collections.newSetFromMap(new IdentityHashMap<>()); // guarded by itself

  PollLink(PollLinks links, String id, String transport, EventLoop loop) {
    this.links = links;
    this.id = id;
    this.transport = transport;
    this.loop = loop;
  }

  /** Before anything else, and before any other thread knows of it. */
  void begin(LinkServices services, Arrival counted) {
    arrival = counted;
    Conversation begun = new Conversation(services, counted, this);
    conversation = begun;
    begun.begin();
  }

  /** Whether a handshake was accepted: from then on it may send large bodies. */
  boolean isEstablished() {
    return established;
  }

  /**
   * A connection brings a request of this link. A few of them are taken for its agent's own and count as strangers' no more, if they come
   * from where the agent shook hands; whoever only knows the link's name gains nothing by it.
   */
  void carriedBy(Arrival connection) {
    Arrival counted = arrival;
    if (counted == null || !counted.remote().equals(connection.remote())) {
      return;
    }
    synchronized (own) {
      own.removeIf(one -> !one.isOpen());
      if (own.size() < MAX_OWN_CONNECTIONS && own.add(connection)) {
        connection.linked();
      }
    }
  }

  // -- requests, from any thread ------------------------------------------------------------------------------------

  void up(PollBody.Batch batch, Reply reply) {
    onLoop(() -> take(batch, reply));
  }

  void down(PollBody.Ask ask, Reply reply) {
    onLoop(() -> give(ask, reply));
  }

  void end(Reply reply) {
    onLoop(() -> {
      reply.gone();
      end();
    });
  }

  /** The connection of a parked request has ended. */
  void lost(Reply reply) {
    onLoop(() -> {
      if (reply.equals(parked)) {
        unpark();
      }
    });
  }

  // -- on the loop --------------------------------------------------------------------------------------------------

  private void take(PollBody.Batch batch, Reply reply) {
    Conversation talk = conversation;
    if (!open || talk == null || batch.first() > expected) {
      reply.gone(); // a gap: what is missing will never come
      end();
      return;
    }
    long number = batch.first();
    for (byte[] message : batch.messages()) {
      if (number == expected && open) {
        expected++;
        talk.message(message);
      }
      number++;
    }
    Arrival counted = arrival;
    established = counted != null && counted.isLink();
    reply.body(new PollBody.Taken(expected));
  }

  private void give(PollBody.Ask ask, Reply reply) {
    if (open && ask.turn() < turn) {
      reply.stale(); // sent again, by whomever: its answer would be nobody's
      return;
    }
    if (!open || ask.next() < firstWaiting || ask.next() > handedOut) {
      reply.gone();
      end();
      return;
    }
    turn = ask.turn();
    arrived(ask.next());
    Reply older = unpark();
    if (older != null) {
      older.body(new PollBody.Batch(firstWaiting, List.of()));
    }
    if (!waiting.isEmpty()) {
      handOut(reply);
    } else if (leaving) {
      reply.gone();
      end();
    } else {
      parked = reply;
      hold = loop.schedule(this::holdIsOver, ask.hold().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void arrived(long next) {
    while (firstWaiting < next) {
      waitingBytes -= waiting.removeFirst().length;
      firstWaiting++;
    }
    Conversation talk = conversation;
    if (held && waitingBytes <= LOW_WATER_BYTES && talk != null) {
      held = false;
      talk.writable();
    }
  }

  private void holdIsOver() {
    Reply reply = unpark();
    if (reply != null) {
      reply.body(new PollBody.Batch(firstWaiting, List.of()));
    }
  }

  private void handOut(Reply reply) {
    List<byte[]> batch = new ArrayList<>();
    int bytes = PollBody.Batch.HEAD_BYTES;
    for (byte[] message : waiting) {
      bytes += PollBody.Batch.bytesOf(message);
      if (bytes > PollBody.MAX_BYTES) {
        break;
      }
      batch.add(message);
    }
    handedOut = Math.max(handedOut, firstWaiting + batch.size());
    reply.body(new PollBody.Batch(firstWaiting, batch));
  }

  private @Nullable Reply unpark() {
    Reply reply = parked;
    parked = null;
    if (hold != null) {
      hold.cancel(false);
      hold = null;
    }
    return reply;
  }

  private void end() {
    if (!open) {
      return;
    }
    open = false;
    links.ended(id, this);
    Reply reply = unpark();
    if (reply != null) {
      reply.gone();
    }
    waiting.clear();
    Conversation talk = conversation;
    if (talk != null) {
      talk.ended();
    }
    Arrival counted = arrival;
    if (counted != null) {
      counted.ended();
    }
  }

  // -- the carrier --------------------------------------------------------------------------------------------------

  @Override
  public String transport() {
    return transport;
  }

  @Override
  public Executor executor() {
    return loop;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  public boolean isWritable() {
    held |= waitingBytes >= HIGH_WATER_BYTES;
    return open && !held;
  }

  @Override
  public void write(byte[] message) {
    if (open) {
      waiting.addLast(message);
      waitingBytes += message.length;
    }
  }

  @Override
  public void flush() {
    Reply reply = waiting.isEmpty() ? null : unpark();
    if (reply != null) {
      handOut(reply);
    }
  }

  @Override
  public void farewell() {
    leaving = true;
    flush();
    if (waiting.isEmpty()) {
      end();
    }
  }

  // -- what the arrivals ask ----------------------------------------------------------------------------------------

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    onLoop(this::end);
  }

  private void onLoop(Runnable task) {
    if (!loop.isShuttingDown()) {
      loop.execute(task); // between the two lines of a stopping gateway, Netty still takes tasks
    }
  }
}
