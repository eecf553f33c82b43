package dev.sallyport.testing.agent;

import dev.sallyport.session.stream.Outbound;

/** Whoever carries a fake agent's messages. Nothing here may block. */
public interface AgentHost extends Outbound {
  /** What the connection showed of TLS, as the body of TLSINFO; empty if nothing is to be said of it. */
  default byte[] tlsInfo() {
    return new byte[0];
  }

  /** ROLLED has come: the agent is linked, and has begun to describe itself. */
  void linked();

  /** It is over; called once. What {@link AgentCore#nextMessage} still has should be sent before the connection is closed. */
  void ended(AgentEnd end);
}
