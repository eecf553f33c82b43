package dev.sallyport.transport.memory;

/** What becomes of a message on a memory wire. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public sealed interface Fate {
  /** It arrives, with these bytes. */
  record Deliver(byte[] message) implements Fate {}

  /** It arrives, and the wire breaks behind it: what was delivered can still be received. */
  record DeliverAndCut(byte[] message) implements Fate {}

  /** It is lost and the wire breaks; the sender does not notice before its next call. */
  record Cut() implements Fate {}

  /** It is lost and nobody notices. */
  record Lose() implements Fate {}
}
