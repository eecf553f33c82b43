package dev.sallyport.server.switchboard;

import java.util.List;

import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.protocol.operation.OperationId;

/**
 * Hears of machines that come and go. For one machine the calls come in order and one at a time, and they hold up that machine's
 * link: whoever has long work starts a thread for it.
 */
public interface SwitchboardListener {
  /** The machine has a link, its first or a newer one in place of another. */
  void arrived(String machine, LinkFacts facts);

  /**
   * The machine still stores the results of these operations.
   *
   * @return those of them that this listener does not need
   */
  default List<OperationId> settled(String machine, List<OperationId> held) {
    return held;
  }

  /** The machine says how it found its way to its link; a stranger's words, in the order of the attempts. */
  default void way(String machine, List<Tried> tried) {
    // of no interest to everybody
  }

  /** The machine's link is gone, and no other has taken its place. */
  void left(String machine);
}
