package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.message.RecordMessage;

/**
 * The bounds of one session. Both ends must agree on the credits, which the server announces in its handshake payload;
 * the rest is each end's own affair. Together they bound what a peer can make us hold: {@code sessionCredit} unread
 * bytes, {@code acceptedStreams} streams with at most {@value Frame#MAX_METADATA_BYTES} bytes of metadata, and
 * {@value #MAX_CONTROL_QUEUE_BYTES} bytes of answers it does not fetch.
 *
 * @param recordBytes     the largest plaintext of a record we seal, {@link #MIN_RECORD_BYTES} to 65,519
 * @param streamCredit    bytes a sender may have under way on one stream, from {@link #MIN_CREDIT}
 * @param sessionCredit   bytes a sender may have under way on all streams together, from {@code streamCredit}
 * @param keepalive       within which an agent notices a dead path, at the latest: it may choose less for itself ({@link Session#keepalive})
 * @param acceptedStreams streams the peer may have open at once, 1 to {@link #MAX_STREAMS}; further ones are reset
 * @param openedStreams   streams this end may have open at once, 1 to {@link #MAX_STREAMS}; {@link Session#open} waits
 * @param sendQueueBytes  DATA that waits for its turn at this end, from {@link #MIN_CREDIT}; a writer waits beyond it
 * @param keys            how long keys serve
 */
public record SessionLimits(int recordBytes, int streamCredit, int sessionCredit, Duration keepalive,
    int acceptedStreams, int openedStreams, int sendQueueBytes, KeyLimits keys) {
  /** The largest DATA frame and a REKEY beside it fit every record, so that no frame waits for a better one. */
  public static final int MIN_RECORD_BYTES = Frame.HEADER_BYTES + Frame.MAX_DATA_BYTES + Frame.HEADER_BYTES;
  /** Twice the largest DATA frame: credit is given back in halves, and a half must do for one frame. */
  public static final int MIN_CREDIT = 2 * (Frame.HEADER_BYTES + Frame.MAX_DATA_BYTES);
  /** The most streams one side can have open at once. */
  public static final int MAX_STREAMS = 1_024;
  /** Bytes of PONG, RESET and other answers that wait because the peer does not read; beyond it the session ends. */
  public static final int MAX_CONTROL_QUEUE_BYTES = 64 * 1024;
  /** DATA of one stream that waits for its turn; a writer waits beyond it. A frame is always let in alone. */
  public static final int MAX_STREAM_QUEUE_BYTES = 64 * 1024;
  /** DATA bytes a stream sends before it is another one's turn. */
  public static final int QUANTUM_BYTES = 16 * 1024;
  /** The longest interval of the keepalive unless configured otherwise: one exchange in some 54 s, 322 bytes with all headers, is all that an idle link costs. */
  public static final Duration KEEPALIVE = Duration.ofSeconds(60);
  /** Keepalive pings in quick succession without any answer after which the peer is dead. */
  public static final int MAX_MISSED_PINGS = 3;

  /** Refuses bounds outside their range. */
  public SessionLimits {
    require("recordBytes", recordBytes, MIN_RECORD_BYTES, RecordMessage.MAX_PLAINTEXT_BYTES);
    require("streamCredit", streamCredit, MIN_CREDIT, Integer.MAX_VALUE);
    require("sessionCredit", sessionCredit, streamCredit, Integer.MAX_VALUE);
    require("acceptedStreams", acceptedStreams, 1, MAX_STREAMS);
    require("openedStreams", openedStreams, 1, MAX_STREAMS);
    require("sendQueueBytes", sendQueueBytes, MIN_CREDIT, Integer.MAX_VALUE);
    if (!keepalive.isPositive()) {
      throw new IllegalArgumentException("keepalive must be positive, not " + keepalive);
    }
  }

  /**
   * The standard limits: 256 KiB of credit a stream, 4 MiB a session, a dead path noticed within {@link #KEEPALIVE}. A server opens as many streams
   * as an agent accepts, {@link #MAX_STREAMS}; an agent opens few.
   */
  public static SessionLimits standard(Role role) {
    int few = 256;
    int fromServer = MAX_STREAMS;
    return switch (role) {
      case AGENT -> new SessionLimits(RecordMessage.MAX_PLAINTEXT_BYTES, 256 << 10, 4 << 20, KEEPALIVE,
          fromServer, few, 1 << 20, KeyLimits.STANDARD);
      case SERVER -> new SessionLimits(RecordMessage.MAX_PLAINTEXT_BYTES, 256 << 10, 4 << 20, KEEPALIVE,
          few, fromServer, 4 << 20, KeyLimits.STANDARD);
    };
  }

  /**
   * These limits with the terms that the server sets in its handshake payload.
   *
   * @throws ProtocolException if no session can live on them
   */
  public SessionLimits withTerms(int newRecordBytes, int newStreamCredit, int newSessionCredit, Duration newKeepalive) {
    try {
      return new SessionLimits(newRecordBytes, newStreamCredit, newSessionCredit, newKeepalive, acceptedStreams,
          openedStreams, sendQueueBytes, keys);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("the server's terms are out of range: " + e.getMessage(), e);
    }
  }

  /** These limits with another bound on streams open at once, the peer's and our own. */
  public SessionLimits withStreams(int newAcceptedStreams, int newOpenedStreams) {
    return new SessionLimits(recordBytes, streamCredit, sessionCredit, keepalive, newAcceptedStreams, newOpenedStreams,
        sendQueueBytes, keys);
  }

  /** These limits with another bound on waiting DATA. */
  public SessionLimits withSendQueue(int newSendQueueBytes) {
    return new SessionLimits(recordBytes, streamCredit, sessionCredit, keepalive, acceptedStreams, openedStreams,
        newSendQueueBytes, keys);
  }

  /** These limits with other lives of keys. */
  public SessionLimits withKeys(KeyLimits newKeys) {
    return new SessionLimits(recordBytes, streamCredit, sessionCredit, keepalive, acceptedStreams, openedStreams,
        sendQueueBytes, newKeys);
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
    }
  }
}
