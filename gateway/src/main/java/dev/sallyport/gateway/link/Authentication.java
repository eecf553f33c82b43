package dev.sallyport.gateway.link;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.handshake.Caller;
import dev.sallyport.gateway.handshake.Confirmation;
import dev.sallyport.gateway.handshake.Greeting;
import dev.sallyport.gateway.handshake.PendingHandshake;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.message.HelloReply;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.stream.Session;
import org.jspecify.annotations.Nullable;

/**
 * The handshakes of one connection: the first, and those inside its session. Methods are called by the
 * carrier's executor and do the work on virtual threads; their outcomes come back to that executor, where all fields live.
 */
final class Authentication implements Caller {
  private static final int REPLY_BYTES = 1 + HelloReply.BODY_BYTES;

  private final LinkServices services;
  private final Arrival arrival;
  private final String transport;
  private final Speaker speaker;
  private final Conversation conversation;
  private @Nullable PendingHandshake pending;
  private @Nullable Bytes agentStatic; // null before the first handshake is accepted
  private boolean busy; // a virtual thread is at work for it

  Authentication(LinkServices services, Arrival arrival, String transport, Speaker speaker, Conversation conversation) {
    this.services = services;
    this.arrival = arrival;
    this.transport = transport;
    this.speaker = speaker;
    this.conversation = conversation;
  }

  /** The first message of the connection. */
  void hello(byte[] message) {
    Optional<byte[]> no = services.handshakes().turnAway(message, this);
    if (no.isPresent()) {
      speaker.sendLast(no.get());
      return;
    }
    arrival.expectNothing(); // from here to the reply it is we who are waited for
    busy = true;
    work(() -> {
      Greeting greeting = services.handshakes().greet(message, this);
      speaker.onLoop(() -> greeted(greeting));
    });
  }

  private void greeted(Greeting greeting) {
    busy = false;
    switch (greeting) {
      case Greeting.Refused refused -> speaker.sendLast(refused.message());
      case Greeting.Accepted accepted -> {
        try (SessionKeys keys = accepted.keys()) {
          pending = accepted.pending();
          agentStatic = accepted.pending().agentStatic();
          if (!speaker.isActive()) {
            forget();
            return;
          }
          arrival.expect(services.patience().confirm());
          conversation.open(keys);
          speaker.send(accepted.reply());
        }
      }
    }
  }

  /** A HELLO inside the session. */
  void helloAgain(byte[] message, Session session) {
    Bytes identity = agentStatic;
    if (busy || pending != null || identity == null) {
      session.goAway(GoAwayCode.PROTOCOL, Duration.ZERO); // one after the other
      return;
    }
    busy = true;
    work(() -> {
      Greeting greeting = services.handshakes().greetAgain(message, this, identity);
      speaker.onLoop(() -> greetedAgain(greeting, session));
    });
  }

  private void greetedAgain(Greeting greeting, Session session) {
    busy = false;
    switch (greeting) {
      case Greeting.Refused refused -> {
        if (refused.message().length == REPLY_BYTES) {
          session.refuseRehandshake(refused.message());
        } else {
          session.goAway(GoAwayCode.POLICY, Duration.ZERO); // not even an authenticated no
        }
      }
      case Greeting.Accepted accepted -> {
        try (SessionKeys keys = accepted.keys()) {
          pending = accepted.pending();
          session.acceptRehandshake(accepted.reply(), keys);
        }
      }
    }
  }

  /** The agent's CONFIRM. */
  void confirm(byte[] body, Session session) {
    PendingHandshake handshake = pending;
    pending = null;
    if (handshake == null || busy) {
      session.goAway(GoAwayCode.PROTOCOL, Duration.ZERO);
      return;
    }
    arrival.expectNothing();
    busy = true;
    work(() -> {
      Confirmation confirmation = services.handshakes().confirm(handshake, body, conversation::established);
      switch (confirmation) {
        case Confirmation.Confirmed confirmed -> session.control(ControlVerb.ROLLED, confirmed.rolled());
        case Confirmation.Denied denied -> session.goAway(code(denied.reason()), Duration.ZERO);
      }
      speaker.onLoop(() -> busy = false);
    });
  }

  private static GoAwayCode code(RefusalReason reason) {
    return switch (reason) {
      case BUSY -> GoAwayCode.INTERNAL;
      case NOT_CONFIRMED -> GoAwayCode.SUPERSEDED;
      case MALFORMED, WEB_ORIGIN, UNDECRYPTABLE, UNKNOWN_KEY, BAD_TOKEN, TOKEN_LOCKED, TOKEN_EXPIRED, TOKEN_EXHAUSTED,
          ATTEMPT_STALE, NO_COMMON_SECRET, QUARANTINED, REVOKED, CLOCK, TOO_SLOW, SOURCE_THROTTLED, KEY_THROTTLED,
          OTHER_IDENTITY ->
        GoAwayCode.POLICY;
    };
  }

  /** The connection has ended: what it left pending will never be confirmed. */
  void forget() {
    PendingHandshake handshake = pending;
    pending = null;
    if (handshake != null) {
      services.handshakes().forget(handshake);
    }
  }

  /** Records a connection that broke the rules before it was an agent's. */
  void refused(RefusalReason reason) {
    services.refusals()
        .refused(new RefusedAttempt(reason, remote(), transport(), "", 0, 1, services.time().now()));
  }

  @Override
  public InetAddress remote() {
    return arrival.remote();
  }

  @Override
  public String transport() {
    return transport;
  }

  @Override
  public void superseded() {
    speaker.onLoop(() -> {
      if (!conversation.isLinked()) {
        arrival.close(); // of a link, only the renewal of keys is void: its CONFIRM will be denied
      }
    });
  }

  private void work(Work task) {
    services.threads().execute(() -> {
      try {
        task.run();
      } catch (InterruptedException e) {
        arrival.close();
        Thread.currentThread().interrupt();
      }
    });
  }

  private interface Work {
    void run() throws InterruptedException;
  }
}
