package dev.sallyport.transport.tcp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.dial.DoorConnection;
import dev.sallyport.transport.socket.InputBuffer;
import dev.sallyport.transport.socket.WireSocket;

/** Messages one after the other, each behind its length. */
final class TcpWire implements Wire {
  private final WireSocket socket;
  private final InputBuffer in;
  private final OutputStream out;
  private final WireFacts facts;
  private final ReentrantLock writing = new ReentrantLock();

  TcpWire(DoorConnection door) {
    this.socket = new WireSocket(door.bottom(), door.in());
    this.in = door.in();
    this.out = door.out();
    this.facts = door.facts();
  }

  @Override
  public void send(byte[] message) throws IOException {
    Wire.requireLength(message);
    byte[] framed = ByteBuffer.allocate(Integer.BYTES + message.length).putInt(message.length).put(message).array();
    writing.lock();
    try {
      socket.requireOpen();
      out.write(framed);
      out.flush();
    } catch (IOException e) {
      socket.abort(); // part of a message may be out: nothing can follow it
      throw e;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public byte[] receive() throws IOException {
    int length = socket.firstByte();
    try {
      for (int i = 1; i < Integer.BYTES; i++) {
        length = length << Byte.SIZE | in.read();
      }
      if (length <= 0 || length > TransportMessage.MAX_MESSAGE_BYTES) {
        throw new IOException("the server announced a message of " + Integer.toUnsignedString(length) + " bytes");
      }
      byte[] message = new byte[length];
      in.readFully(message, 0, length);
      return message;
    } catch (IOException e) {
      throw socket.broken(e);
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
  public void close() {
    socket.abort();
  }
}
