package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.session.handshake.SessionKeys;
import org.jspecify.annotations.Nullable;

/**
 * Two sessions joined by queues in memory: no threads, no sockets, no clock. A test moves messages by hand, all at once, or
 * in an order that a seed decides, and may look at them, change them, hold them back or cut the line.
 */
final class SessionPair {
  final TestKeys keys = new TestKeys();
  final End agent;
  final End server;
  final ArrayDeque<byte[]> toServer = new ArrayDeque<>();
  final ArrayDeque<byte[]> toAgent = new ArrayDeque<>();
  /** Sees each message on its way to the server; returns what goes on, or null to lose it. */
  Function<byte[], byte @Nullable []> towardsServer = message -> message;
  /** Sees each message on its way to the agent; returns what goes on, or null to lose it. */
  Function<byte[], byte @Nullable []> towardsAgent = message -> message;

  private SessionPair(SessionLimits agentLimits, SessionLimits serverLimits) {
    agent = new End(Role.AGENT, keys.of(Role.AGENT, 1), agentLimits);
    server = new End(Role.SERVER, keys.of(Role.SERVER, 1), serverLimits);
  }

  private SessionPair(SessionKeys agentKeys, SessionKeys serverKeys, SessionLimits agentLimits,
      SessionLimits serverLimits) {
    agent = new End(Role.AGENT, agentKeys, agentLimits);
    server = new End(Role.SERVER, serverKeys, serverLimits);
  }

  /** Two ends after ROLLED, on given keys. */
  static SessionPair of(SessionKeys agentKeys, SessionKeys serverKeys, SessionLimits agentLimits,
      SessionLimits serverLimits) {
    return confirmed(new SessionPair(agentKeys, serverKeys, agentLimits, serverLimits));
  }

  /** Two ends before CONFIRM. */
  static SessionPair fresh() {
    return new SessionPair(SessionLimits.standard(Role.AGENT), SessionLimits.standard(Role.SERVER));
  }

  /** Two ends after ROLLED, with standard limits. */
  static SessionPair established() {
    return established(limits -> limits);
  }

  /** Two ends after ROLLED, with changed limits. */
  static SessionPair established(UnaryOperator<SessionLimits> change) {
    SessionLimits agent = change.apply(SessionLimits.standard(Role.AGENT));
    SessionLimits server = change.apply(SessionLimits.standard(Role.SERVER));
    return confirmed(new SessionPair(agent, server));
  }

  private static SessionPair confirmed(SessionPair pair) {
    pair.agent.session.control(ControlVerb.CONFIRM, new byte[8]);
    pair.deliverAll();
    return pair;
  }

  End end(Role role) {
    return role == Role.AGENT ? agent : server;
  }

  /** Moves everything there is until nobody has anything to say. */
  void deliverAll() {
    int moved;
    do {
      moved = count(fetch(Role.AGENT)) + count(fetch(Role.SERVER)) + count(deliver(Role.SERVER)) + count(deliver(
          Role.AGENT));
    } while (moved > 0);
  }

  private static int count(boolean moved) {
    return moved ? 1 : 0;
  }

  /** Fetches one message from an end into its queue. */
  boolean fetch(Role from) {
    byte[] message = end(from).session.nextMessage();
    if (message != null) {
      (from == Role.AGENT ? toServer : toAgent).add(message);
    }
    return message != null;
  }

  /** Hands one message from its queue to an end. */
  boolean deliver(Role to) {
    byte[] message = (to == Role.SERVER ? toServer : toAgent).poll();
    if (message == null) {
      return false;
    }
    byte[] passed = (to == Role.SERVER ? towardsServer : towardsAgent).apply(message);
    if (passed != null) {
      end(to).session.receive(passed);
    }
    return true;
  }

  /** One step that the seed decides: a message is fetched or delivered at either end. */
  void randomStep(RandomGenerator random) {
    switch (random.nextInt(4)) {
      case 0 -> fetch(Role.AGENT);
      case 1 -> fetch(Role.SERVER);
      case 2 -> deliver(Role.AGENT);
      default -> deliver(Role.SERVER);
    }
  }
}
