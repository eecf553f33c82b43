package dev.sallyport.gateway.link;

import java.util.concurrent.Executor;

/**
 * What carries the messages of one conversation: a WebSocket, a stream, a row of polls, files (K4). It hands whole messages to its {@link
 * Conversation} in their order, each once, and takes those the conversation writes. Its methods, but for {@link #transport} and {@link
 * #executor}, are called by tasks of its executor only.
 */
public interface Carrier {
  /** The binding's word: {@code websocket}. */
  String transport();

  /**
   * Runs everything that concerns this conversation, one thing after the other: an event loop, say. Nothing that blocks runs there.
   * May refuse a task by {@link java.util.concurrent.RejectedExecutionException} when it is closed.
   */
  Executor executor();

  /** Whether messages can still come and go. */
  boolean isActive();

  /** Whether more may be written now; {@link Conversation#writable} tells when it may again. */
  boolean isWritable();

  /** Takes a message to be sent, at the latest with the next {@link #flush}. */
  void write(byte[] message);

  /** Sends what was written. */
  void flush();

  /** Sends what was written and then ends, in this binding's polite way. Nothing is written after it. */
  void farewell();
}
