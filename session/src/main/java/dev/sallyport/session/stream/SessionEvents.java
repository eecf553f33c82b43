package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;

/**
 * What a session tells its host. All but {@link #closed} and {@link #rehandshakeDue} come on the reader thread, in the
 * order of the peer's frames; none may block, and none may call {@link Session#receive} or {@link Session#nextMessage}.
 * Every other call into the session is allowed. Arrays belong to the host. A {@code ProtocolException} that an event lets
 * out counts as the peer's violation and ends the session with GOAWAY PROTOCOL.
 */
public interface SessionEvents {
  /** The peer opened a stream. Whoever does not want it must {@link SessionStream#reset} it: unread bytes hold credit. */
  void opened(SessionStream stream, int kind, byte[] metadata);

  /**
   * The peer said something outside streams that its role allows: CONFIRM reaches a server, ROLLED an agent, at the start
   * of a session and again at the end of a rehandshake.
   */
  void control(ControlVerb verb, byte[] body);

  /** Agent only: the keys are a day or 64 GiB old; start a rehandshake and {@link Session#sendRehandshake}. */
  void rehandshakeDue();

  /**
   * A handshake message inside the session: a server gets a HELLO and answers with {@link Session#acceptRehandshake} or
   * {@link Session#refuseRehandshake}, an agent gets the HELLO_REPLY and, once the new secret is durable, calls
   * {@link Session#confirmRehandshake}. The arithmetic is not for the reader thread.
   */
  void rehandshake(byte[] message);

  /**
   * The peer ends the session. If the code {@linkplain GoAwayCode#drains drains}, open streams go on to their ends and
   * the host should bring its own to one; otherwise {@link #closed} follows at once.
   */
  void goneAway(GoAwayCode code, Duration retryAfter);

  /** The peer answered a PING: one of {@link Session#ping}, or of the keepalive. */
  void ponged(long opaque);

  /**
   * The session is over; called once, on the thread that found out. What {@link Session#nextMessage} still holds, a
   * GOAWAY say, should be sent before the transport is closed, but not waited for.
   */
  void closed(SessionClosedException why);
}
