package dev.sallyport.agent.link;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.rolling.AgentEffect;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ladder.Rung;

/**
 * Tries one way to the server after the other, until the server itself has answered on one: whoever only lets bytes pass, or answers in
 * its place, is no way. One handshake at a time: the secrets of this machine roll with each.
 */
final class Climb {
  private final LinkServices services;
  private final ReentrantLock handshaking = new ReentrantLock();
  private Instant handshakeTime = Instant.EPOCH; // by the server's clock, if it refused ours; under the lock

  Climb(LinkServices services) {
    this.services = services;
  }

  /**
   * Tries these, in this order.
   *
   * @param rungs at least one
   * @param wanted asked before every attempt
   * @param tried what was tried is added here
   */
  Reached up(List<Rung> rungs, ServerKey server, BooleanSupplier wanted, List<Tried> tried) {
    var reasons = new LinkedHashSet<String>();
    boolean impostor = false;
    Rung last = rungs.getFirst();
    for (Rung rung : rungs) {
      if (!wanted.getAsBoolean()) {
        continue;
      }
      last = rung;
      long begun = services.clock().nanoTime();
      Reached reached = attempt(rung, server, wanted);
      tried.add(told(reached, begun));
      if (!(reached instanceof Reached.Nobody nobody) || !goesOn(nobody.end())) {
        return reached;
      }
      impostor |= nobody.end() instanceof LinkEnd.Impostor;
      reasons.add(reason(nobody.end()));
    }
    String why = String.join("; ", reasons);
    return new Reached.Nobody(last, impostor ? new LinkEnd.Impostor(why) : new LinkEnd.Unreachable(why));
  }

  /** Whether another way may do better: not if the server itself has spoken, or this machine cannot. */
  private static boolean goesOn(LinkEnd end) {
    return switch (end) {
      case LinkEnd.Unreachable _,LinkEnd.Impostor _ -> true;
      case LinkEnd.Unproven _,LinkEnd.Refused _,LinkEnd.NotStored _,LinkEnd.Lost _ -> false;
    };
  }

  private Tried told(Reached reached, long begun) {
    Rung rung = reached.rung();
    return switch (reached) {
      case Reached.Server server ->
        Tried.worked(rung.transport(), rung.address().toString(), server.wire().facts().route(), since(begun));
      case Reached.Nobody nobody ->
        Tried.failed(rung.transport(), rung.address().toString(), reason(nobody.end()), since(begun));
    };
  }

  private static String reason(LinkEnd end) {
    return switch (end) {
      case LinkEnd.Unreachable unreachable -> unreachable.reason();
      case LinkEnd.Impostor impostor -> impostor.reason();
      case LinkEnd.Unproven unproven -> Advice.of(unproven.code());
      case LinkEnd.Refused refused -> Advice.of(refused.status());
      case LinkEnd.NotStored notStored -> notStored.reason();
      case LinkEnd.Lost lost -> lost.reason();
    };
  }

  private Duration since(long begun) {
    return Duration.ofNanos(Math.max(0, services.clock().nanoTime() - begun));
  }

  private Reached attempt(Rung rung, ServerKey server, BooleanSupplier wanted) {
    Wire wire;
    try {
      wire = rung.dial();
    } catch (IOException | ProtocolException e) {
      return new Reached.Nobody(rung, new LinkEnd.Unreachable(String.valueOf(e.getMessage())));
    }
    Reached reached = new Reached.Nobody(rung, new LinkEnd.Unreachable("the attempt was given up"));
    handshaking.lock();
    try {
      if (wanted.getAsBoolean()) {
        reached = greet(rung, wire, server);
      }
      return reached;
    } catch (ProtocolException e) {
      services.secrets().refused();
      return new Reached.Nobody(rung, new LinkEnd.Impostor(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      services.secrets().refused();
      return new Reached.Nobody(rung, new LinkEnd.Unreachable(rung.address() + ": " + e.getMessage()));
    } finally {
      handshaking.unlock();
      if (!(reached instanceof Reached.Server)) {
        wire.close();
      }
    }
  }

  private Reached greet(Rung rung, Wire wire, ServerKey server) throws IOException {
    long now = handshakeTime.equals(Instant.EPOCH) ? services.clock().millis() : handshakeTime.toEpochMilli();
    handshakeTime = Instant.EPOCH;
    AgentEffect.SendHello hello;
    try {
      hello = services.secrets().start(now);
    } catch (IOException e) {
      return new Reached.Nobody(rung, new LinkEnd.NotStored(String.valueOf(e.getMessage())));
    }
    return switch (services.greeter().greet(wire, server, hello.offered(), hello.attempt())) {
      case Welcome.Accepted accepted -> taken(rung, wire, accepted);
      case Welcome.Refused refused -> new Reached.Nobody(rung, refused(refused));
      case Welcome.Unproven unproven -> {
        services.secrets().refused();
        yield new Reached.Nobody(rung, new LinkEnd.Unproven(unproven.fail().code(), unproven.fail().retryAfter()));
      }
    };
  }

  /** The next secret is on disk before the server may hear CONFIRM. */
  private Reached taken(Rung rung, Wire wire, Welcome.Accepted accepted) {
    var verdict = accepted.verdict();
    boolean kept = false;
    try {
      services.answer().heard(verdict.payload());
      kept = services.secrets().accepted(accepted.attempt(), verdict.matchedIndex(), verdict.candidate());
      return kept
          ? new Reached.Server(rung, wire, accepted)
          : new Reached.Nobody(rung, new LinkEnd.Unreachable("another handshake came between"));
    } catch (IOException e) {
      return new Reached.Nobody(rung, new LinkEnd.NotStored(String.valueOf(e.getMessage())));
    } finally {
      if (!kept) {
        verdict.keys().close();
      }
    }
  }

  private LinkEnd refused(Welcome.Refused refused) {
    var payload = refused.payload();
    try {
      if (payload.status() == Status.ATTEMPT_STALE) {
        services.secrets().stale(refused.attempt(), payload.attempt());
      } else if (payload.status() == Status.CLOCK) {
        services.secrets().clockRefused(refused.attempt(), payload.attempt());
        handshakeTime = Instant.ofEpochMilli(payload.serverTimeMs());
      } else {
        services.secrets().refused();
      }
    } catch (IOException e) {
      return new LinkEnd.NotStored(String.valueOf(e.getMessage()));
    }
    return new LinkEnd.Refused(payload.status(), payload.retryAfter());
  }
}
