package dev.sallyport.gateway;

import java.util.List;

import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;

/**
 * One authenticated agent that is there now. Its identity is the session's, never what a message says (T22). Safe for use by
 * many threads; everything that blocks is meant for virtual threads.
 */
public interface AgentLink {
  /** The agent's id, as the directory knows it. */
  String agentId();

  /** Names this link among all links there ever were in this process. */
  String linkId();

  /** What is known about the link and the machine behind it. */
  LinkFacts facts();

  /**
   * Asks the agent for an operation and waits for the outcome. Asking again with an id that the agent knows attaches to what
   * runs or is stored there.
   *
   * @param sink takes the output from {@link OperationCall#from} on, on this thread; a slow one slows the agent down
   * @throws LinkLostException if the link ended, or the agent broke the stream off, before the result was here; what the
   *         agent does goes on untouched
   * @throws dev.sallyport.protocol.ProtocolException if the call is larger than the protocol allows; nothing was sent
   * @throws java.io.UncheckedIOException if the input cannot be read, or is not as long as the operation says; nothing was started
   * @throws InterruptedException if this thread was interrupted; the stream is given up, what the agent does goes on
   */
  OperationResult call(OperationCall call, OutputSink sink) throws LinkLostException, InterruptedException;

  /** Asks the agent to stop an operation; its outcome tells whether it did. Never blocks; lost with the link. */
  void cancel(OperationId id);

  /** Tells the agent that these results are stored here. Never blocks; lost with the link, and asked again on the next. */
  void settle(List<OperationId> ids);

  /** Tells the agent how to keep in touch. Never blocks; lost with the link. */
  void policy(AgentPolicy policy);

  /** Tells the agent further addresses of the server, at most eight, in the place of those it was told before. Never blocks; lost with the link. */
  void servers(List<String> addresses);

  /** Ends the link; the agent is told why. */
  void close(GoAwayCode why);
}
