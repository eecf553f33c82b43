package dev.sallyport.transport.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.socket.InputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket seen from the client.
 *
 * <p>Threads: one receives, any number send. The receiving thread never waits for a sender: a pong that falls due while
 * somebody sends is sent by that thread, after its frame. {@link #close} never waits either: it closes the socket below TLS,
 * which ends a blocked read and a blocked write alike, and says farewell only where the kernel surely takes it at once.
 */
final class WebSocketWire implements Wire, FrameReader.Controls {
  /** Longest silence inside a frame that has begun, in milliseconds. */
  private static final int STALL_MILLIS = 30_000;
  /** Bytes sent without hearing anything back that still leave room in any socket's send buffer. */
  private static final int FAREWELL_ALLOWANCE_BYTES = 8_192;
  private static final int MAX_QUOTED = 120; // characters
  private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xE8}; // 1000
  private static final int CLOSE_CODE_BYTES = 2;

  private final Socket socket;
  private final InputBuffer in;
  private final FrameReader reader;
  private final FrameWriter writer;
  private final WireFacts facts;
  private final ReentrantLock writing = new ReentrantLock();
  /** The payload of the ping to answer next; only the latest needs an answer (RFC 6455 section 5.5.3). */
  private final AtomicReference<byte @Nullable []> pongDue = new AtomicReference<>();
  private volatile boolean closed;
  private volatile int readTimeoutMillis;
  private final AtomicLong sentSinceHeard = new AtomicLong();

  /** @param socket the plain socket below TLS */
  WebSocketWire(Socket socket, InputBuffer in, FrameWriter writer, WireFacts facts) {
    this.socket = socket;
    this.in = in;
    this.reader = new FrameReader(in, this);
    this.writer = writer;
    this.facts = facts;
  }

  @Override
  public void send(byte[] message) throws IOException {
    if (message.length == 0 || message.length > TransportMessage.MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("a message has 1 to " + TransportMessage.MAX_MESSAGE_BYTES + " bytes, not "
          + message.length);
    }
    writing.lock();
    try {
      requireOpen();
      write(Opcode.BINARY, message);
    } catch (IOException e) {
      abort(); // part of a frame may be out: nothing can follow it
      throw e;
    } finally {
      writing.unlock();
    }
    pongIfDue();
  }

  @Override
  public byte[] receive() throws IOException {
    requireOpen();
    while (true) {
      int first = firstByte();
      try {
        socket.setSoTimeout(STALL_MILLIS);
        byte[] message = reader.frame(first);
        if (message != null) {
          sentSinceHeard.set(0);
          return message;
        }
      } catch (SocketTimeoutException e) {
        abort();
        throw new IOException("the server stopped in the middle of a frame for " + STALL_MILLIS / 1_000 + " s", e);
      } catch (IOException e) {
        abort();
        throw e;
      }
    }
  }

  private int firstByte() throws IOException {
    int first;
    try {
      socket.setSoTimeout(readTimeoutMillis);
      first = in.readOrEnd();
    } catch (SocketTimeoutException e) {
      throw e; // nothing was read, nothing is lost
    } catch (IOException e) {
      abort();
      throw e;
    }
    if (first < 0) {
      abort();
      throw new EOFException("the server closed the connection");
    }
    return first;
  }

  @Override
  public void readTimeout(Duration timeout) {
    readTimeoutMillis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
  }

  @Override
  public WireFacts facts() {
    return facts;
  }

  @Override
  public void ping(byte[] payload) {
    pongDue.set(payload);
    pongIfDue();
  }

  @Override
  public void close(byte[] payload) throws IOException {
    close();
    if (payload.length < CLOSE_CODE_BYTES) {
      throw new EOFException("the server closed the WebSocket");
    }
    int code = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    String reason = new String(payload, CLOSE_CODE_BYTES, payload.length - CLOSE_CODE_BYTES, StandardCharsets.UTF_8);
    throw new EOFException("the server closed the WebSocket with code " + code
        + (reason.isEmpty() ? "" : ": " + PlainText.clean(reason, MAX_QUOTED)));
  }

  @Override
  public void close() {
    boolean fits = sentSinceHeard.get() < FAREWELL_ALLOWANCE_BYTES;
    if (fits && !closed && writing.tryLock()) {
      try {
        writer.frame(Opcode.CLOSE, NORMAL_CLOSURE);
      } catch (IOException _) {
        // nobody is there to hear it
      } finally {
        writing.unlock();
      }
    }
    abort();
  }

  private void abort() {
    closed = true;
    try {
      socket.close();
    } catch (IOException _) {
      // a socket that cannot even be closed is of no more use
    }
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new EOFException("this end closed the connection");
    }
  }

  private void pongIfDue() {
    while (pongDue.get() != null && writing.tryLock()) {
      try {
        byte[] payload = pongDue.getAndSet(null);
        if (payload != null && !closed) {
          write(Opcode.PONG, payload);
        }
      } catch (IOException _) {
        abort(); // the next receive or send says so
      } finally {
        writing.unlock();
      }
    }
  }

  private void write(Opcode opcode, byte[] payload) throws IOException {
    writer.frame(opcode, payload);
    sentSinceHeard.addAndGet(payload.length);
  }
}
