package dev.sallyport.server.switchboard;

import java.util.List;
import java.util.Optional;

import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;

/**
 * Where machines are connected. Callers name machines, never links, so that the link may be on another node of the server: everything
 * that passes here is data of known shape.
 */
public interface Switchboard {
  /** Whether the machine has a link now; it may be gone a moment later. */
  boolean connected(String machine);

  /** What is known of the machine's present link; empty when it has none. */
  Optional<LinkFacts> facts(String machine);

  /**
   * Has the machine do an operation, or attaches to one it already knows by this id, and waits for the result.
   *
   * @param sink takes the output on this thread; while it blocks, the machine has to wait
   * @throws LinkLostException when the machine has no link or loses it; whether the operation runs is then not known
   */
  OperationResult call(String machine, OperationCall call, OutputSink sink)
      throws LinkLostException, InterruptedException;

  /** Asks the machine to stop an operation; returns at once, and nothing happens when it has no link. */
  void cancel(String machine, OperationId id);

  /** Tells the machine that these results are stored or wanted by nobody; returns at once, nothing happens without a link. */
  void settle(String machine, List<OperationId> ids);

  /**
   * Tells the machine how to keep in touch; returns at once, and nothing happens when it has no link.
   *
   * @param addresses further ones of this server, to be tried first
   */
  void advise(String machine, AgentPolicy policy, List<String> addresses);

  /** Ends the machine's link, if it has one. */
  void close(String machine, GoAwayCode why);

  /** Tells this listener of everything from now on. */
  void listen(SwitchboardListener listener);
}
