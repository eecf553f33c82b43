package dev.sallyport.transport.memory;

/** Decides the fate of each message that travels through a memory wire. Called on the sender's thread. */
@FunctionalInterface
public interface Script {
  /**
   * @param index how many messages travelled this way before, from 0
   * @param message the bytes; a script that changes them returns {@link Fate.Deliver} with a copy
   */
  Fate fate(Direction direction, int index, byte[] message);

  /** Delivers everything. */
  static Script faithful() {
    return (direction, index, message) -> new Fate.Deliver(message);
  }

  /** Breaks the wire instead of delivering the message with this index. */
  static Script cutBefore(Direction direction, int index) {
    return (way, number, message) -> way == direction && number == index ? new Fate.Cut() : new Fate.Deliver(message);
  }

  /** Delivers up to and including the message with this index, then breaks the wire. */
  static Script cutAfter(Direction direction, int index) {
    return (way, number, message) -> way == direction && number == index
        ? new Fate.DeliverAndCut(message)
        : new Fate.Deliver(message);
  }
}
