package dev.sallyport.agent.enrol;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

import dev.sallyport.agent.AgentFailure;
import dev.sallyport.agent.ExitCode;
import dev.sallyport.agent.identity.AgentKeys;
import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.identity.RollingSecrets;
import dev.sallyport.agent.journal.Journal;
import dev.sallyport.agent.link.Advice;
import dev.sallyport.agent.link.Greeter;
import dev.sallyport.agent.link.PolicyFile;
import dev.sallyport.agent.link.ServerAddresses;
import dev.sallyport.agent.link.Welcome;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.operation.host.HostFacts;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.EnrolGrant;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ladder.Rung;
import dev.sallyport.transport.ladder.Rungs;

/**
 * Enrols this machine, as often as it takes: each step is on disk before the next, and a repetition with the same bundle goes on with the
 * same keys, so that the server sees the same machine. If an earlier attempt may have succeeded without our knowing, the ordinary
 * handshake is tried first; only if the server does not know this machine is the token presented again.
 */
public final class Enrolment {
  /** Handshakes with one server: a stale attempt and a busy server are worth another. */
  private static final int MAX_TRIES = 4;

  private static final Duration LONGEST_BUSY_WAIT = Duration.ofSeconds(10);

  private final StateFiles files;
  private final StateFiles journalFiles;
  private final Rungs rungs;
  private final HostFacts host;
  private final AgentClock clock;
  private final RandomSource random;
  private final Log log;

  /** What there is to do it with; where things are kept, and who this machine is. */
  public Enrolment(StateFiles files, StateFiles journalFiles, Rungs rungs, HostFacts host, AgentClock clock,
      RandomSource random,
      Log log) {
    this.files = files;
    this.journalFiles = journalFiles;
    this.rungs = rungs;
    this.host = host;
    this.clock = clock;
    this.random = random;
    this.log = log;
  }

  /**
   * The result of an enrolment.
   *
   * @param membership as stored
   * @param approved whether the machine takes orders at once, or an operator must approve it first
   * @param way by which the server was reached
   */
  public record Enrolled(Membership membership, boolean approved, Rung way) {}

  /** Enrols; returns when the machine could lose power and still be enrolled. */
  public Enrolled enrol(SignedBundle signed) throws AgentFailure, IOException {
    EnrolBundle bundle = signed.delivered();
    List<ServerAddress> addresses = ServerAddresses.usable(bundle.servers().stream().map(URI::toString).toList());
    try (AgentKeys keys = AgentKeys.loadOrCreate(files, random)) {
      RollingSecrets secrets = RollingSecrets.loadOrNone(files,
          event -> log.trouble("secret", Advice.of(event)));
      return enrolSomehow(rungs.to(addresses, List.of()), bundle, signed, keys, secrets);
    } finally {
      bundle.token().close();
    }
  }

  /** Tries one way after the other (K4). */
  private Enrolled enrolSomehow(List<Rung> ways, EnrolBundle bundle, SignedBundle signed, AgentKeys keys,
      RollingSecrets secrets) throws AgentFailure, IOException {
    var reasons = new LinkedHashSet<String>();
    for (Rung way : ways) {
      try {
        return enrolAt(way, bundle, signed, keys, secrets);
      } catch (AgentFailure e) {
        if (e.exitCode() != ExitCode.UNAVAILABLE) {
          throw e;
        }
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    throw new AgentFailure(ExitCode.UNAVAILABLE,
        reasons.isEmpty() ? "the bundle names no server that this agent can dial" : String.join("; ", reasons));
  }

  /** The keys of one server are tried in turn: while it changes its key, a bundle names the old one and the new. */
  private Enrolled enrolAt(Rung way, EnrolBundle bundle, SignedBundle signed, AgentKeys keys,
      RollingSecrets secrets)
      throws AgentFailure, IOException {
    var last = new AgentFailure(ExitCode.DATA, "the bundle names no key of the server");
    for (ServerKey server : bundle.serverKeys()) {
      try {
        return enrolWith(way, server, bundle, signed, keys, secrets);
      } catch (AgentFailure e) {
        if (e.exitCode() == ExitCode.UNAVAILABLE) {
          throw e;
        }
        last = e;
      }
    }
    throw last;
  }

  private Enrolled enrolWith(Rung way, ServerKey server, EnrolBundle bundle, SignedBundle signed,
      AgentKeys keys,
      RollingSecrets secrets) throws AgentFailure, IOException {
    boolean member = secrets.held() && knownAlready(way, server, keys, secrets);
    var granted = new Granted(Optional.empty(), true);
    try {
      granted = present(way, server, bundle, keys, secrets);
    } catch (AgentFailure e) {
      if (!member) {
        throw e;
      }
      log.event("this machine was enrolled before, but its id could not be asked for: " + e.getMessage());
    }
    Journal.create(journalFiles);
    if (granted.grant().isPresent()) {
      PolicyFile.load(files, log).replace(granted.grant().get().policy());
    }
    String agentId = granted.grant().map(EnrolGrant::agentId).orElse("");
    var membership = new Membership(agentId, bundle.site(), bundle.servers().stream().map(URI::toString).toList(),
        bundle.serverKeys(),
        bundle.tlsPins(), signed.installerKey(), clock.instant());
    membership.store(files);
    return new Enrolled(membership, granted.approved(), way);
  }

  private record Granted(Optional<EnrolGrant> grant, boolean approved) {}

  /** Whether the server has this machine from an attempt whose end we did not hear. */
  private boolean knownAlready(Rung way, ServerKey server, AgentKeys keys, RollingSecrets secrets)
      throws AgentFailure, IOException {
    var greeter = new Greeter(keys.identity(), clock, random);
    try (Wire wire = dial(way)) {
      var hello = secrets.start(clock.millis());
      Welcome welcome = greet(way, secrets, () -> greeter.greet(wire, server, hello.offered(), hello.attempt()));
      if (welcome instanceof Welcome.Accepted accepted) {
        try {
          return secrets.accepted(accepted.attempt(), accepted.verdict().matchedIndex(), accepted.verdict().candidate())
              && new EnrolmentSession(wire, accepted, secrets, clock).confirm(new byte[0]).isPresent();
        } finally {
          accepted.verdict().keys().close();
        }
      }
      secrets.refused();
      return false;
    } catch (ProtocolException e) {
      throw impostor(way, e);
    }
  }

  /** Presents the token. */
  private Granted present(Rung way, ServerKey server, EnrolBundle bundle, AgentKeys keys,
      RollingSecrets secrets)
      throws AgentFailure, IOException {
    byte[] tokenSecret = bundle.token().secret();
    Secret token = TokenSecret.derive(tokenSecret);
    Arrays.fill(tokenSecret, (byte) 0);
    long now = clock.millis();
    try {
      for (int i = 0; i < MAX_TRIES; i++) {
        try (Wire wire = dial(way)) {
          long attempt = secrets.start(now).attempt();
          Welcome welcome = greet(way, secrets, () -> new Greeter(keys.identity(), clock, random).enrol(wire, server,
              bundle.token().id().toArray(), token, attempt));
          switch (welcome) {
            case Welcome.Accepted accepted -> {
              return confirm(wire, way, accepted, keys, secrets);
            }
            case Welcome.Refused refused -> now = again(way, refused, secrets);
            case Welcome.Unproven unproven -> waitIfBusy(way, unproven, secrets);
          }
        } catch (ProtocolException e) {
          throw impostor(way, e);
        }
      }
      throw new AgentFailure(ExitCode.UNAVAILABLE,
          way.address() + " could not take the enrolment now; try again in a minute");
    } finally {
      token.wipe();
    }
  }

  private Granted confirm(Wire wire, Rung way, Welcome.Accepted accepted, AgentKeys keys,
      RollingSecrets secrets)
      throws AgentFailure, IOException {
    try (var sessionKeys = accepted.verdict().keys()) {
      byte[] request = EnrolRequests.make(host, keys, sessionKeys.handshakeHash()).encode();
      secrets.enrolAccepted(accepted.attempt(), accepted.verdict().candidate());
      byte[] answer = new EnrolmentSession(wire, accepted, secrets, clock).confirm(request)
          .orElseThrow(() -> new AgentFailure(ExitCode.UNAVAILABLE,
              way.address() + " did not finish the enrolment; paste the same line again, nothing is lost"));
      boolean approved = !accepted.verdict().payload().flags().contains(ReplyFlag.PENDING_APPROVAL);
      return new Granted(Optional.of(EnrolGrant.decode(answer)), approved);
    }
  }

  /** Returns the time to begin the next attempt with, or gives up. */
  private long again(Rung way, Welcome.Refused refused, RollingSecrets secrets)
      throws AgentFailure, IOException {
    Status status = refused.payload().status();
    if (status == Status.ATTEMPT_STALE) {
      secrets.stale(refused.attempt(), refused.payload().attempt());
      return clock.millis();
    }
    if (status == Status.CLOCK) {
      secrets.clockRefused(refused.attempt(), refused.payload().attempt());
      return refused.payload().serverTimeMs();
    }
    secrets.refused();
    throw new AgentFailure(ExitCode.REFUSED, way.address() + " " + Advice.of(status));
  }

  private void waitIfBusy(Rung way, Welcome.Unproven unproven, RollingSecrets secrets)
      throws AgentFailure {
    secrets.refused();
    FailCode code = unproven.fail().code();
    if (code == FailCode.AUTH_FAILED) {
      throw new AgentFailure(ExitCode.REFUSED,
          way.address() + " did not accept the token: it is wrong, expired, used up or locked, or the server"
              + " was set up anew; make a new one in the console and paste the new line");
    }
    if (code != FailCode.BUSY) {
      throw new AgentFailure(ExitCode.UNAVAILABLE, way.address() + " " + Advice.of(code));
    }
    Duration wait = unproven.fail().retryAfter();
    try {
      clock.pause(wait.compareTo(LONGEST_BUSY_WAIT) > 0 ? LONGEST_BUSY_WAIT : wait.plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentFailure(ExitCode.UNAVAILABLE, "interrupted while waiting for a busy server", e);
    }
  }

  private interface Greeting {
    Welcome greet() throws IOException;
  }

  /** Where bytes do not come back as the server's, another way may do better. */
  private static Welcome greet(Rung way, RollingSecrets secrets, Greeting greeting) throws AgentFailure {
    try {
      return greeting.greet();
    } catch (IOException e) {
      secrets.refused();
      throw new AgentFailure(ExitCode.UNAVAILABLE, way.address() + ": " + e.getMessage(), e);
    }
  }

  private Wire dial(Rung way) throws AgentFailure {
    try {
      return way.dial();
    } catch (IOException e) {
      throw new AgentFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static AgentFailure impostor(Rung way, ProtocolException e) {
    return new AgentFailure(ExitCode.REFUSED,
        way.address() + " answered, but is not the server the bundle names (" + e.getMessage()
            + "); check the address, and that nothing between terminates the connection",
        e);
  }
}
