package dev.sallyport.gateway;

import java.util.List;

import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.protocol.operation.OperationId;

/**
 * One to deliver to: hears of links as they come and go. Called on virtual threads, for one link in the order of the methods
 * below, and may block; for one agent {@link #up} of the new link may come before {@link #down} of the old.
 */
public interface LinkListener {
  /** An agent is there, authenticated and described; it can be called from now on. */
  void up(AgentLink link);

  /**
   * An agent says which results it still stores.
   *
   * @param held at most 500 ids
   * @return those of them that need not be kept: their results are stored here, or they are not known at all. The agent is
   *         told to settle these
   */
  List<OperationId> held(AgentLink link, List<OperationId> held);

  /**
   * An agent says how it found its way to this link (K4).
   *
   * @param tried a stranger's words, in the order of the attempts
   */
  default void way(AgentLink link, List<Tried> tried) {
    // of no interest to everybody
  }

  /**
   * A link that was {@link #up} has ended.
   *
   * @param reason for people
   */
  void down(AgentLink link, String reason);
}
