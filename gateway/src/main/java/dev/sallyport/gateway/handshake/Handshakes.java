package dev.sallyport.gateway.handshake;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.admission.HandshakePermits.BusyException;
import dev.sallyport.gateway.admission.Source;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.protocol.message.Hello;
import dev.sallyport.protocol.message.MessageKind;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.ServerHandshake;

/**
 * Answers HELLOs and confirms handshakes. What concerns one static key happens under that key's lock, one thing after the
 * other, so at most one handshake of it pends (R2) and CONFIRM is judged against exactly that one (R4).
 *
 * <p>Every refusal is recorded. Whatever a peer sends, the worst that comes of it is a refusal; a directory that fails makes
 * the answer BUSY, because nothing may be promised that is not stored.
 */
public final class Handshakes {
  private static final int HELLO_BYTES = 1 + Hello.BODY_BYTES;
  private static final Logger LOG = System.getLogger(Handshakes.class.getName());

  private final HandshakeServices services;
  private final PendingHandshakes pending = new PendingHandshakes();
  private final Answers answers;
  private final AgentGreeter agents;
  private final EnrolmentGreeter enrolments;
  private final Confirmer confirmer;

  /** @param services what handshakes are made with */
  public Handshakes(HandshakeServices services) {
    this.services = services;
    answers = new Answers(services);
    agents = new AgentGreeter(services, pending, answers);
    enrolments = new EnrolmentGreeter(services, pending, answers);
    confirmer = new Confirmer(services.directory(), services.roll());
  }

  /**
   * Turns away, at once and without any arithmetic, what is no HELLO or comes from a source that sends too many.
   *
   * @param message the first message of a connection
   * @return what to answer, or empty if {@link #greet} may look at it
   */
  public Optional<byte[]> turnAway(byte[] message, Caller caller) {
    RefusalException refusal;
    if (message.length != HELLO_BYTES || message[0] != MessageKind.HELLO.code()) {
      refusal = Answers.failed(FailCode.MALFORMED);
    } else if (!services.admission().admitsHello(Source.of(caller.remote()))) {
      refusal = answers.busy(RefusalReason.SOURCE_THROTTLED);
    } else {
      return Optional.empty();
    }
    services.refusals().refused(new Dossier(caller).refused(refusal.reason(), services.time()));
    return Optional.of(refusal.answer());
  }

  /**
   * Answers the first message of a connection.
   *
   * @param hello the whole message, of a HELLO's length and kind
   */
  public Greeting greet(byte[] hello, Caller caller) throws InterruptedException {
    Dossier dossier = new Dossier(caller);
    return answered(dossier, () -> {
      Hint.requireVersion(hello);
      try (ServerHandshake.Caller sender = services.admission().permits()
          .first(() -> ServerHandshake.identify(services.keys(), hello))) {
        Bytes agentStatic = named(sender, dossier);
        Bytes hint = Bytes.of(sender.hint());
        if (Hint.namesToken(hint)) {
          dossier.token(hint);
          return locked(agentStatic, () -> enrolments.greet(sender, agentStatic, hint, dossier));
        }
        return locked(agentStatic, () -> agents.greet(sender, agentStatic, HelloKind.SESSION, dossier));
      }
    });
  }

  /**
   * Answers a HELLO inside a session (B.7). It must name the agent whose session it is (T22).
   *
   * @param session the static key that the session was made with
   */
  public Greeting greetAgain(byte[] hello, Caller caller, Bytes session) throws InterruptedException {
    Dossier dossier = new Dossier(caller);
    return answered(dossier, () -> {
      Hint.requireVersion(hello);
      try (ServerHandshake.Caller sender = services.admission().permits()
          .next(() -> ServerHandshake.identify(services.keys(), hello))) {
        Bytes agentStatic = named(sender, dossier);
        if (!agentStatic.equals(session)) {
          throw Answers.notAuthenticated(RefusalReason.OTHER_IDENTITY);
        }
        return locked(agentStatic, () -> agents.greet(sender, agentStatic, HelloKind.REHANDSHAKE, dossier));
      }
    });
  }

  private Bytes named(ServerHandshake.Caller sender, Dossier dossier) throws RefusalException {
    Bytes agentStatic = Bytes.of(sender.agentStatic());
    dossier.key(agentStatic);
    if (!services.admission().admitsKey(agentStatic)) {
      throw answers.busy(RefusalReason.KEY_THROTTLED);
    }
    return agentStatic;
  }

  private Greeting answered(Dossier dossier, Greeter greeter) throws InterruptedException {
    try {
      return greeter.greet();
    } catch (RefusalException e) {
      return refused(dossier, e);
    } catch (BusyException e) {
      return refused(dossier, answers.busy(RefusalReason.BUSY));
    } catch (ProtocolException e) {
      return refused(dossier, Answers.notAuthenticated(RefusalReason.UNDECRYPTABLE));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a handshake ended because the directory failed", e);
      return refused(dossier, answers.busy(RefusalReason.BUSY));
    }
  }

  private Greeting refused(Dossier dossier, RefusalException refusal) {
    services.refusals().refused(dossier.refused(refusal.reason(), services.time()));
    return new Greeting.Refused(refusal.answer());
  }

  private Greeting locked(Bytes agentStatic, Greeter greeter)
      throws RefusalException, BusyException, InterruptedException {
    ReentrantLock lock = pending.lock(agentStatic);
    lock.lockInterruptibly();
    try {
      return greeter.greet();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Judges a CONFIRM and stores what follows from it.
   *
   * @param body of the CONFIRM
   * @param established called once if the agent is authenticated now, still under its lock: of two links, the one that was
   *        confirmed later is established later. Must not block for long
   */
  public Confirmation confirm(PendingHandshake handshake, byte[] body, Consumer<Confirmation.Confirmed> established)
      throws InterruptedException {
    ReentrantLock lock = pending.lock(handshake.agentStatic());
    lock.lockInterruptibly();
    try {
      Confirmation confirmation = pending.take(handshake)
          ? confirmer.confirm(handshake, body)
          : new Confirmation.Denied(RefusalReason.NOT_CONFIRMED);
      switch (confirmation) {
        case Confirmation.Confirmed confirmed -> established.accept(confirmed);
        case Confirmation.Denied denied -> record(handshake, denied.reason());
      }
      return confirmation;
    } finally {
      lock.unlock();
    }
  }

  private void record(PendingHandshake handshake, RefusalReason reason) {
    services.refusals().refused(Dossier.of(handshake).refused(reason, services.time()));
  }

  /** The connection ended before CONFIRM came. */
  public void forget(PendingHandshake handshake) {
    pending.take(handshake);
  }

  /** How many handshakes wait for CONFIRM. */
  public int pending() {
    return pending.size();
  }

  private interface Greeter {
    Greeting greet() throws RefusalException, BusyException, InterruptedException;
  }
}
