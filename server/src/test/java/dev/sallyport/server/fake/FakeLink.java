package dev.sallyport.server.fake;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.gateway.LinkListener;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.channel.AgentMessage.Describe;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;

/** A fake machine's connection to one life of the server; can be cut at chosen points of a call. */
public final class FakeLink implements AgentLink {
  private static final AtomicLong COUNT = new AtomicLong();

  /** Where a call can be when the link is cut. */
  public enum Point {
    /** The server has sent the operation, the machine has not seen it. */
    ASKED,
    /** The machine has started it, nothing has come back. */
    STARTED,
    /** A piece of output has arrived. */
    WROTE,
    /** The result is on its way. */
    ANSWERED
  }

  private final FakeMachine machine;
  private final LinkListener listener;
  private final Describe description;
  private final String linkId = "link-" + COUNT.incrementAndGet();
  private final List<Object> advice = new CopyOnWriteArrayList<>();
  private volatile boolean up = true;
  private Runnable atEachPoint = () -> {};
  private int pointsLeft = Integer.MAX_VALUE;
  private int points;

  FakeLink(FakeMachine machine, String name, LinkListener listener) {
    this.machine = machine;
    this.listener = listener;
    this.description = new Describe("1.0", name, "Debian 12", "6.1", "x86_64", "boot", Instant.EPOCH, List.of());
  }

  /** Cuts the link at the point of this number, counted from 1 over all calls. */
  public synchronized void cutAtPoint(int number) {
    pointsLeft = number;
  }

  /** Does this whenever a call passes a point. */
  public synchronized void atEachPoint(Runnable action) {
    atEachPoint = action;
  }

  /** Points that calls have passed. */
  public synchronized int points() {
    return points;
  }

  /** The connection breaks; the server notices. */
  public void cut() {
    sever();
    listener.down(this, "cut");
  }

  /** The connection is gone, and there is no server left to notice. */
  public void sever() {
    up = false;
    machine.wake();
  }

  public boolean isUp() {
    return up;
  }

  /** What the agent says at the beginning of each connection: what it still holds; and it forgets what it may. */
  public void tellHeld() {
    machine.settle(listener.held(this, machine.held()));
  }

  void requireUp() throws LinkLostException {
    if (!up) {
      throw new LinkLostException(linkId + " is gone");
    }
  }

  void pass(Point point) throws LinkLostException {
    requireUp();
    Runnable action;
    boolean cut;
    synchronized (this) {
      action = atEachPoint;
      points++;
      cut = --pointsLeft == 0;
    }
    action.run();
    if (cut) {
      cut();
    }
    requireUp();
  }

  @Override
  public String agentId() {
    return machine.id();
  }

  @Override
  public String linkId() {
    return linkId;
  }

  @Override
  public LinkFacts facts() {
    return new LinkFacts(InetAddress.getLoopbackAddress(), "websocket", "", Instant.EPOCH, 1, description);
  }

  @Override
  public OperationResult call(OperationCall call, OutputSink sink) throws LinkLostException, InterruptedException {
    requireUp();
    OperationResult result = machine.call(call, sink, this);
    requireUp();
    return result;
  }

  @Override
  public void cancel(OperationId operation) {
    if (up) {
      machine.cancel(operation);
    }
  }

  @Override
  public void settle(List<OperationId> ids) {
    if (up) {
      machine.settle(ids);
    }
  }

  /** What the server said of how to keep in touch, in order: policies, and lists of addresses. */
  public List<Object> advice() {
    return advice;
  }

  @Override
  public void policy(AgentPolicy policy) {
    advice.add(policy);
  }

  @Override
  public void servers(List<String> addresses) {
    advice.add(addresses);
  }

  @Override
  public void close(GoAwayCode why) {
    cut();
  }
}
