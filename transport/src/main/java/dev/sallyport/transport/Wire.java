package dev.sallyport.transport;

import java.io.IOException;
import java.time.Duration;

import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.session.pace.KeepalivePace;

/**
 * A connection that carries whole transport messages in order, both ways at once. One thread receives; any thread sends
 * (one at a time, the others wait); any thread closes, which ends both at once.
 */
public interface Wire extends AutoCloseable {
  /**
   * Sends one message of 1 to {@code MAX_MESSAGE_BYTES} bytes; blocks while the network takes nothing more.
   *
   * @throws IOException if the connection is gone; the message may or may not have arrived
   */
  void send(byte[] message) throws IOException;

  /**
   * Waits for the next message.
   *
   * @throws java.io.EOFException when the other side has ended the connection in order
   * @throws java.net.SocketTimeoutException when nothing came within the {@link #readTimeout read time-out}; the wire stays
   *         usable
   * @throws IOException if the connection broke, or the other side sent what no message may look like
   */
  byte[] receive() throws IOException;

  /** How long {@link #receive} waits for the first byte of a message; zero means for ever. */
  void readTimeout(Duration timeout) throws IOException;

  /** How long a question and its answer may take where nothing is wrong. */
  default Duration answer() {
    return KeepalivePace.ANSWER;
  }

  /** What is known about the way these bytes travel. */
  WireFacts facts();

  /** Ends the connection; a blocked {@link #send} or {@link #receive} fails at once. Closing again does nothing. */
  @Override
  void close();

  /** @throws IllegalArgumentException if no wire carries a message of this length */
  static void requireLength(byte[] message) {
    if (message.length == 0 || message.length > TransportMessage.MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("a message has 1 to " + TransportMessage.MAX_MESSAGE_BYTES + " bytes, not "
          + message.length);
    }
  }
}
