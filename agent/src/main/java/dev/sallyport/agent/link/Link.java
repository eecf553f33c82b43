package dev.sallyport.agent.link;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import dev.sallyport.agent.execute.InputSpool;
import dev.sallyport.agent.execute.Run;
import dev.sallyport.agent.ladder.ClimbReport;
import dev.sallyport.agent.network.NetworkState;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.channel.StreamKind;
import dev.sallyport.protocol.channel.TlsSeen;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionEvents;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;
import org.jspecify.annotations.Nullable;

/**
 * One link from CONFIRM to its end.
 *
 * <p>Nothing that comes from the session's reader thread waits here: whatever touches a disk, does arithmetic with keys or carries out
 * an order goes to a virtual thread of its own.
 */
final class Link implements SessionEvents, OperationStream.Orders {
  /** How long the server may take to answer after the network changed. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

  private final LinkServices services;
  private final SessionRunner runner;
  private final Rehandshake rehandshake;
  private final boolean approved;
  private final Wire wire;
  private final AgentMessage.Way way;
  private final LinkPace pace;
  private final Runnable whenUp;
  private volatile long upSince;
  private volatile long lastPong;
  private volatile boolean up;
  private volatile Duration retryAfter = Duration.ZERO;
  private volatile String farewell = "";
  private volatile @Nullable ControlConversation conversation;
  private volatile boolean draining;
  private volatile boolean explained;

  /**
   * @param welcome whose next secret is on disk
   * @param pace how long this wire may be quiet
   * @param tried how this agent came to this wire
   * @param whenUp told, on a thread that may block, when the link is up
   */
  @SuppressWarnings("this-escape") // the session tells nothing before its runner runs
  Link(LinkServices services, Wire wire, ServerKey server, Welcome.Accepted welcome, LinkPace pace,
      List<Tried> tried, Runnable whenUp) {
    this.services = services;
    this.wire = wire;
    this.pace = pace;
    this.way = new AgentMessage.Way(new ClimbReport(services.clock().instant(), tried).tried());
    this.whenUp = whenUp;
    this.lastPong = services.clock().nanoTime();
    this.approved = !welcome.verdict().payload().flags().contains(ReplyFlag.PENDING_APPROVAL);
    var verdict = welcome.verdict();
    this.runner = new SessionRunner(wire, verdict.keys(), SessionRunner.limits(verdict.payload().terms()),
        services.clock(), pace::now, this);
    this.rehandshake = new Rehandshake(services.greeter(), server, services.secrets(), services.serverClock(),
        runner.session(), welcome.attempt());
  }

  /** Confirms the session and lives until it or the wire ends. */
  LinkEnd run() {
    Session session = runner.session();
    session.control(ControlVerb.CONFIRM, Rehandshake.attempt(rehandshake.confirmedAttempt()));
    String why = runner.run();
    rehandshake.forget();
    if (up && !explained) {
      services.cuts().suspect(pace.cut(runner.quiet()));
    }
    Duration lasted = up ? Duration.ofNanos(services.clock().nanoTime() - upSince) : Duration.ZERO;
    return new LinkEnd.Lost(farewell.isEmpty() ? why : farewell, retryAfter, lasted);
  }

  /** Says good-bye: this agent stops. */
  void goAway() {
    explained = true;
    runner.session().goAway(GoAwayCode.SHUTDOWN, Duration.ZERO);
    endConversation();
  }

  @Override
  public void opened(SessionStream stream, int kind, byte[] metadata) {
    if (kind != StreamKind.OPERATION.code()) {
      stream.reset(ResetCode.REFUSED.code());
      return;
    }
    Thread.ofVirtual().start(new OperationStream(stream, metadata, this));
  }

  @Override
  public InputSpool newInput() {
    return services.executor().newInput();
  }

  @Override
  public Run open(OpenMetadata order, byte[] arguments, InputSpool input) {
    return approved ? services.executor().open(order, arguments, input) : services.executor().refuse(order.id());
  }

  @Override
  public void control(ControlVerb verb, byte[] body) {
    switch (verb) {
      case ROLLED -> {
        if (body.length != Long.BYTES) {
          throw new ProtocolException("ROLLED: expected an epoch of " + Long.BYTES + " bytes, found " + body.length);
        }
        boolean first = !up;
        if (first) {
          runner.rolled();
          upSince = services.clock().nanoTime();
          up = true;
        }
        Thread.ofVirtual().start(() -> rolled(first));
      }
      case CONFIRM, SWITCH, TLSINFO, REKEY_ID, CHECKPOINT, CLOCK -> {
        // Nothing this version of the agent acts on.
      }
    }
  }

  private void rolled(boolean first) {
    try {
      services.secrets().rolled(rehandshake.confirmedAttempt());
    } catch (IOException e) {
      services.log().repeated("disk",
          "could not note that the secret has rolled: " + e.getMessage() + "; the next contact repairs it");
    }
    if (first) {
      whenUp.run();
      WireFacts facts = wire.facts();
      if (facts.tlsLeafSha256().length > 0) {
        runner.session().control(ControlVerb.TLSINFO, TlsSeen.of(facts.tlsLeafSha256(), facts.tlsIssuer()).encode());
      }
      ControlConversation current = services.conversation(runner.session(), way);
      conversation = current;
      if (draining) {
        current.end();
      }
      current.run();
    }
  }

  @Override
  public void rehandshakeDue() {
    Thread.ofVirtual().start(this::beginRehandshake);
  }

  private void beginRehandshake() {
    try {
      rehandshake.begin(services.clock().millis());
    } catch (IOException e) {
      end("new keys for the session could not be asked for: " + e.getMessage());
    }
  }

  @Override
  public void rehandshake(byte[] message) {
    Thread.ofVirtual().start(() -> answered(message));
  }

  private void answered(byte[] message) {
    try {
      rehandshake.answered(message);
    } catch (IOException | ProtocolException e) {
      end("new keys for the session could not be agreed on: " + e.getMessage());
    }
  }

  private void end(String why) {
    farewell = why;
    explained = true;
    runner.session().close(new SessionClosedException(SessionClosedException.Reason.CLOSED, why));
  }

  @Override
  public void goneAway(GoAwayCode code, Duration stayAway) {
    retryAfter = stayAway;
    explained = true;
    if (code.drains()) {
      endConversation();
    }
    farewell = switch (code) {
      case SHUTDOWN -> "the server is going down";
      case PROTOCOL -> "the server found that this agent broke the protocol";
      case FLOW -> "the server found that this agent sent too much";
      case SUPERSEDED ->
        "another agent with this machine's identity has connected; is this machine, or that one, a copy?";
      case IDLE -> "the server heard nothing for too long";
      case POLICY -> "the server ended the link by its rules";
      case INTERNAL -> "the server had a fault of its own";
    };
  }

  /** Operations may go on to their ends while the session drains; the control stream would keep it alive for nothing. */
  private void endConversation() {
    draining = true;
    ControlConversation open = conversation;
    if (open != null) {
      open.end();
    }
  }

  @Override
  public void ponged(long opaque) {
    lastPong = opaque;
  }

  /**
   * This machine's networks are not what they were: what no longer has its address is over at once, and the rest must show that it lives
   * within {@link #SIGN_OF_LIFE} (K3).
   */
  void networkChanged(NetworkState after) {
    InetAddress own = wire.facts().localAddress();
    if (own != null && !after.holds(own)) {
      end("this machine's address " + own.getHostAddress() + " is gone");
      return;
    }
    Thread.ofVirtual().start(this::askForLife);
  }

  private void askForLife() {
    long asked = services.clock().nanoTime();
    runner.session().ping(asked);
    try {
      services.clock().pause(SIGN_OF_LIFE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (lastPong - asked < 0) {
      end("this machine's network changed, and nothing comes through to the server any more");
    }
  }

  @Override
  public void closed(SessionClosedException why) {
    if (farewell.isEmpty()) {
      farewell = String.valueOf(why.getMessage());
    }
    runner.ended();
  }
}
