package dev.sallyport.transport.ftp.exchange;

/** Hears of what comes; on the thread that carries the exchange, which waits meanwhile. */
public interface ExchangeEvents {
  /** Whether there is room for another file's messages; while there is none, files stay where they are. */
  boolean hasRoom();

  /** A message, each once and in order. */
  void arrived(byte[] message);

  /** There is room for more to send. */
  void writable();

  /**
   * It is over; the last call.
   *
   * @param why in a few words
   * @param orderly whether the other side ended it
   */
  void ended(String why, boolean orderly);
}
