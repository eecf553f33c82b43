package dev.sallyport.agent.journal;

import dev.sallyport.protocol.Bytes;

/** What the journal knows of an operation's id. */
public sealed interface Known {
  /** Nothing: it never came here. */
  record New() implements Known {}

  /**
   * It was started. Unless it is running right now, the agent stopped meanwhile, and how it ended nobody knows.
   *
   * @param digest of name and arguments it was started with
   */
  record Started(Bytes digest) implements Known {}

  /** It ended and the server has not said that it has the result. */
  record Done(Bytes digest, Bytes result, KeptOutput output) implements Known {}

  /** It is over and done with. */
  record Settled() implements Known {}

  /** It is so old that the journal has given up remembering its like: it may have run. */
  record TooOld() implements Known {}
}
