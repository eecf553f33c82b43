package dev.sallyport.testing.agent;

import dev.sallyport.session.stream.Outbound;

/** Whoever carries a fake agent's messages. Nothing here may block. */
public interface AgentHost extends Outbound {
  /** ROLLED has come: the agent is linked, and has begun to describe itself. */
  void linked();

  /** It is over; called once. What {@link AgentCore#nextMessage} still has should be sent before the connection is closed. */
  void ended(AgentEnd end);
}
