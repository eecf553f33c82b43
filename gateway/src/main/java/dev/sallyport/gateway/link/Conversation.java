package dev.sallyport.gateway.link;

import java.time.Duration;
import java.util.List;

import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.handshake.Confirmation;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.channel.StreamKind;
import dev.sallyport.protocol.channel.TlsSeen;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.stream.Role;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionClosedException.Reason;
import dev.sallyport.session.stream.SessionEvents;
import dev.sallyport.session.stream.SessionStream;
import org.jspecify.annotations.Nullable;

/**
 * What is said on one agent connection, from HELLO to the end.
 *
 * <p>HELLO → handshake → HELLO_REPLY → CONFIRM → commit → ROLLED → the agent opens its control stream and describes itself →
 * up. Messages and session events come on the carrier's executor; the listener is told on virtual threads, one thing after the other.
 */
public final class Conversation implements SessionEvents {
  /** What an inspector is called whose certificate names nobody. */
  private static final String UNNAMED = "somebody unnamed";

  private final LinkServices services;
  private final Arrival arrival;
  private final Speaker speaker;
  private final Authentication authentication;
  private final SerialTasks tasks;
  private boolean greeted; // the first message has come; of the carrier's executor
  private volatile @Nullable Session session;
  private volatile @Nullable Link link;
  private volatile @Nullable ControlStream control;
  private volatile long epoch;
  private volatile String inspectedBy = "";
  private volatile String ending = "the connection ended";

  /**
   * Waits for a HELLO.
   *
   * @param arrival from now on it is waited for here
   * @param carrier brings the messages, and takes them
   */
  public Conversation(LinkServices services, Arrival arrival, Carrier carrier) {
    this.services = services;
    this.arrival = arrival;
    this.speaker = new Speaker(arrival, carrier);
    this.authentication = new Authentication(services, arrival, carrier.transport(), speaker, this);
    this.tasks = new SerialTasks(services.threads());
  }

  // -- the carrier, by its executor ---------------------------------------------------------------------------------

  /** The carrier works; from now on HELLO is waited for. */
  public void begin() {
    arrival.expect(services.patience().hello());
  }

  /**
   * Takes in a message.
   *
   * @param message it belongs to the conversation from now on
   */
  public void message(byte[] message) {
    Session open = session;
    if (speaker.isClosing()) {
      return;
    }
    if (open != null) {
      receive(open, message);
    } else if (!greeted) {
      greeted = true;
      authentication.hello(message);
    } else {
      authentication.refused(RefusalReason.MALFORMED); // nothing may be said before the reply
      arrival.close();
    }
  }

  /** The carrier takes messages again. */
  public void writable() {
    speaker.pump();
  }

  /** The other side said what no binding allows: farewell. */
  public void nonsense() {
    speaker.close();
  }

  private void receive(Session open, byte[] message) {
    try {
      open.receive(message);
    } catch (ProtocolException e) {
      if (!isLinked()) {
        authentication.refused(RefusalReason.NOT_CONFIRMED);
      }
      ending = "a message was not authentic"; // forged or damaged on the way: the link is lost, nothing else
      arrival.close();
    }
  }

  /** The handshake is accepted: CONFIRM comes next, under these keys. */
  void open(SessionKeys keys) {
    Session opened = new Session(Role.SERVER, keys, services.session(), speaker, this);
    session = opened;
    speaker.speaksFor(opened);
  }

  /** The carrier has ended; nothing comes after this. */
  public void ended() {
    authentication.forget();
    Session open = session;
    if (open != null) {
      open.close(new SessionClosedException(Reason.CLOSED, ending));
    }
    Link known = link;
    if (known != null) {
      services.links().remove(known);
      tasks.execute(() -> down(known));
    }
  }

  // -- becoming a link, on a virtual thread -------------------------------------------------------------------------

  boolean isLinked() {
    return link != null;
  }

  /** Under the agent's lock: a CONFIRM was committed, the first or that of a rehandshake. */
  void established(Confirmation.Confirmed confirmed) {
    epoch = confirmed.epoch();
    Link known = link;
    if (known != null) {
      known.rolled(confirmed.epoch());
      return;
    }
    Session open = session;
    if (open == null) {
      throw new IllegalStateException("confirmed without a session");
    }
    Link made = new Link(confirmed.agentId(), open);
    link = made;
    arrival.linked();
    arrival.expect(services.patience().describe());
    services.links().establish(made);
    if (open.closed()) {
      services.links().remove(made); // it ended meanwhile, and whoever ended it did not see the link yet
    }
  }

  // -- the session's events, by the carrier's executor but for the last -----------------------------------------------------

  @Override
  public void control(ControlVerb verb, byte[] body) {
    Session open = session;
    if (open == null) {
      return;
    }
    if (verb == ControlVerb.CONFIRM) {
      authentication.confirm(body, open);
    } else if (verb == ControlVerb.TLSINFO) {
      try {
        saw(TlsSeen.decode(body));
      } catch (ProtocolException e) {
        open.goAway(GoAwayCode.PROTOCOL, Duration.ZERO);
      }
    }
  }

  private void saw(TlsSeen seen) {
    if (!seen.leaf().equals(services.tlsLeaf())) {
      inspectedBy = seen.issuer().isEmpty() ? UNNAMED : seen.issuer();
    }
  }

  @Override
  public void rehandshake(byte[] message) {
    Session open = session;
    if (open != null) {
      authentication.helloAgain(message, open);
    }
  }

  @Override
  public void opened(SessionStream stream, int kind, byte[] metadata) {
    Link known = link;
    if (known == null || control != null || kind != StreamKind.CONTROL.code()) {
      stream.reset(ResetCode.REFUSED.code());
      return;
    }
    ControlStream made = new ControlStream(stream, services.threads(), this::end);
    control = made;
    known.control(made);
    stream.onReadable(() -> tasks.execute(() -> made.read(message -> said(known, message))));
  }

  @Override
  public void goneAway(GoAwayCode code, Duration retryAfter) {
    ending = "the agent went away: " + code;
    ControlStream stream = control;
    if (stream != null && code.drains()) {
      stream.finish();
    }
  }

  @Override
  public void rehandshakeDue() {
    throw new IllegalStateException("only an agent renews keys");
  }

  @Override
  public void ponged(long opaque) {
    // that the agent lives is counted by the session
  }

  @Override
  public void closed(SessionClosedException why) {
    if (why.reason() != Reason.CLOSED) {
      ending = String.valueOf(why.getMessage());
    }
    speaker.onLoop(speaker::finish);
  }

  // -- the control stream, on a virtual thread ----------------------------------------------------------------------

  private void said(Link known, AgentMessage message) {
    if (!known.isDescribed() && !(message instanceof AgentMessage.Describe)) {
      throw new ProtocolException("an agent describes itself first");
    }
    switch (message) {
      case AgentMessage.Describe description -> up(known, description);
      case AgentMessage.Held held -> {
        List<OperationId> settled = services.listener().held(known, held.ids());
        if (!settled.isEmpty()) {
          known.settle(settled);
        }
      }
      case AgentMessage.Clock clock -> known.clock(clock.clock());
      case AgentMessage.Way way -> services.listener().way(known, way.tried());
    }
  }

  private void up(Link known, AgentMessage.Describe description) {
    if (known.isDescribed()) {
      throw new ProtocolException("an agent describes itself once");
    }
    arrival.expectNothing();
    known.facts(new LinkFacts(arrival.remote(), authentication.transport(), inspectedBy, services.time().now(), epoch,
        services.links().share(description)));
    services.listener().up(known);
  }

  private void down(Link known) {
    if (known.isDescribed()) {
      services.listener().down(known, ending);
    }
  }

  private void end(GoAwayCode why) {
    Session open = session;
    if (open != null) {
      open.goAway(why, Duration.ZERO);
    }
  }
}
