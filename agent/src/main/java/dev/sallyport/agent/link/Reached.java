package dev.sallyport.agent.link;

import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ladder.Rung;

/** What came of climbing the ladder. */
sealed interface Reached {
  /** The rung that was tried last. */
  Rung rung();

  /** The server has answered HELLO on this rung; the session waits for its CONFIRM. */
  record Server(Rung rung, Wire wire, Welcome.Accepted accepted) implements Reached {}

  /** No session came about. */
  record Nobody(Rung rung, LinkEnd end) implements Reached {}
}
