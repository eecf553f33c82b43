package dev.sallyport.transport.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.socket.InputBuffer;
import dev.sallyport.transport.socket.WireSocket;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket seen from the client.
 *
 * <p>Threads: one receives, any number send. The receiving thread never waits for a sender: a pong that falls due while
 * somebody sends is sent by that thread, after its frame. {@link #close} never waits either: it closes the socket below TLS,
 * which ends a blocked read and a blocked write alike, and says farewell only where the kernel surely takes it at once.
 */
final class WebSocketWire implements Wire, FrameReader.Controls {
  /** Bytes sent without hearing anything back that still leave room in any socket's send buffer. */
  private static final int FAREWELL_ALLOWANCE_BYTES = 8_192;
  private static final int MAX_QUOTED = 120; // characters
  private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xE8}; // 1000
  private static final int CLOSE_CODE_BYTES = 2;

  private final WireSocket socket;
  private final FrameReader reader;
  private final FrameWriter writer;
  private final WireFacts facts;
  private final ReentrantLock writing = new ReentrantLock();
  /** The payload of the ping to answer next; only the latest needs an answer (RFC 6455 section 5.5.3). */
  private final AtomicReference<byte @Nullable []> pongDue = new AtomicReference<>();
  private final AtomicLong sentSinceHeard = new AtomicLong();

  WebSocketWire(WireSocket socket, InputBuffer in, FrameWriter writer, WireFacts facts) {
    this.socket = socket;
    this.reader = new FrameReader(in, this);
    this.writer = writer;
    this.facts = facts;
  }

  @Override
  public void send(byte[] message) throws IOException {
    Wire.requireLength(message);
    writing.lock();
    try {
      socket.requireOpen();
      write(Opcode.BINARY, message);
    } catch (IOException e) {
      socket.abort(); // part of a frame may be out: nothing can follow it
      throw e;
    } finally {
      writing.unlock();
    }
    pongIfDue();
  }

  @Override
  public byte[] receive() throws IOException {
    while (true) {
      int first = socket.firstByte();
      try {
        byte[] message = reader.frame(first);
        if (message != null) {
          sentSinceHeard.set(0);
          return message;
        }
      } catch (IOException e) {
        throw socket.broken(e);
      }
    }
  }

  @Override
  public void readTimeout(Duration timeout) {
    socket.readTimeout(timeout);
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
    if (fits && !socket.isClosed() && writing.tryLock()) {
      try {
        writer.frame(Opcode.CLOSE, NORMAL_CLOSURE);
      } catch (IOException _) {
        // nobody is there to hear it
      } finally {
        writing.unlock();
      }
    }
    socket.abort();
  }

  private void pongIfDue() {
    while (pongDue.get() != null && writing.tryLock()) {
      try {
        byte[] payload = pongDue.getAndSet(null);
        if (payload != null && !socket.isClosed()) {
          write(Opcode.PONG, payload);
        }
      } catch (IOException _) {
        socket.abort(); // the next receive or send says so
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
