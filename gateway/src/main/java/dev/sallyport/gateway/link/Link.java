package dev.sallyport.gateway.link;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.channel.ServerMessage;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.StreamResetException;
import org.jspecify.annotations.Nullable;

/** An authenticated agent's session, seen from above. */
final class Link implements AgentLink {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final String agentId;
  private final long number = NUMBERS.incrementAndGet();
  private final Session session;
  private volatile @Nullable LinkFacts facts;
  private volatile @Nullable ControlStream control;

  Link(String agentId, Session session) {
    this.agentId = agentId;
    this.session = session;
  }

  @Override
  public String agentId() {
    return agentId;
  }

  @Override
  public String linkId() {
    return "link-" + number;
  }

  @Override
  public LinkFacts facts() {
    LinkFacts known = facts;
    if (known == null) {
      throw new IllegalStateException(this + " is not up yet");
    }
    return known;
  }

  boolean isDescribed() {
    return facts != null;
  }

  void facts(LinkFacts newer) {
    facts = newer;
  }

  /** The session renewed its keys and committed another secret. */
  void rolled(long epoch) {
    LinkFacts known = facts;
    if (known != null) {
      facts = new LinkFacts(known.remote(), known.transport(), known.inspectedBy(), known.since(), epoch,
          known.description());
    }
  }

  /** The agent's clock jumped. */
  void clock(Instant now) {
    LinkFacts known = facts();
    AgentMessage.Describe said = known.description();
    facts = new LinkFacts(known.remote(), known.transport(), known.inspectedBy(), known.since(), known.epoch(),
        new AgentMessage.Describe(
            said.version(), said.hostname(), said.os(), said.kernel(), said.arch(), said.bootId(), now,
            said.operations()));
  }

  void control(ControlStream stream) {
    control = stream;
  }

  @Override
  public OperationResult call(OperationCall call, OutputSink sink) throws LinkLostException, InterruptedException {
    OperationCaller caller = new OperationCaller(call);
    try {
      return caller.call(session, sink);
    } catch (SessionClosedException e) {
      throw new LinkLostException(this + " ended: " + e.getMessage(), e);
    } catch (StreamResetException e) {
      throw new LinkLostException(this + ": the agent broke off the stream of " + call.id() + ": " + e.getMessage(), e);
    } catch (ProtocolException e) {
      close(GoAwayCode.PROTOCOL);
      throw new LinkLostException(this + " was closed, because the agent broke the protocol: " + e.getMessage(), e);
    }
  }

  @Override
  public void cancel(OperationId id) {
    say(new ServerMessage.Cancel(id));
  }

  @Override
  public void settle(List<OperationId> ids) {
    for (int from = 0; from < ids.size(); from += ServerMessage.Settled.MAX_IDS) {
      int to = Math.min(ids.size(), from + ServerMessage.Settled.MAX_IDS);
      say(new ServerMessage.Settled(ids.subList(from, to)));
    }
  }

  @Override
  public void policy(AgentPolicy policy) {
    say(new ServerMessage.Policy(policy));
  }

  @Override
  public void servers(List<String> addresses) {
    say(new ServerMessage.Servers(addresses));
  }

  private void say(ServerMessage message) {
    ControlStream stream = control;
    if (stream != null) {
      stream.send(message);
    }
  }

  @Override
  public void close(GoAwayCode why) {
    session.goAway(why, Duration.ZERO);
  }

  /** Asks the agent to go and come back later; calls that are under way may end. */
  void drain(Duration retryAfter) {
    ControlStream stream = control;
    if (stream != null) {
      stream.finish();
    }
    session.goAway(GoAwayCode.SHUTDOWN, retryAfter);
  }

  /** Ends the link now. */
  void cut() {
    session.close(new SessionClosedException(SessionClosedException.Reason.SENT_AWAY, "the gateway stopped"));
  }

  void tick(long nanoTime, RandomGenerator random) {
    session.onTick(nanoTime, random);
  }

  @Override
  public String toString() {
    return linkId() + " of agent " + agentId;
  }
}
