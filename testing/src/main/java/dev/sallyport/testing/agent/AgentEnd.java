package dev.sallyport.testing.agent;

import java.time.Duration;

import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.session.handshake.ReplyPayload;
import dev.sallyport.session.handshake.Status;

/** Why a fake agent's connection is over. */
public sealed interface AgentEnd {
  /** The server refused without authentication. */
  record Failed(FailCode code, Duration retryAfter) implements AgentEnd {}

  /** The server refused and proved that it is the server. */
  record Rejected(Status status, ReplyPayload payload) implements AgentEnd {}

  /** Something that is no answer of this server came. */
  record Forged(String why) implements AgentEnd {}

  /** The session, or the connection before it became one, ended. */
  record Closed(String why) implements AgentEnd {}
}
