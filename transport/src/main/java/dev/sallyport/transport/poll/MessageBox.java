package dev.sallyport.transport.poll;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/** Messages that wait between two threads, bounded by their bytes. What is looked at stays until it is removed. */
final class MessageBox {
  /** With so many bytes inside, it takes nothing more: several requests' worth. */
  static final int MAX_BYTES = 512 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
  private int bytes;
  private @Nullable IOException end;

  /** Waits for room. */
  void put(byte[] message) throws IOException {
    lock.lock();
    try {
      while (end == null && bytes >= MAX_BYTES) {
        changed.awaitUninterruptibly();
      }
      requireOpen();
      messages.addLast(message);
      bytes += message.length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next one out; what came before the end is still given.
   *
   * @param atMost how long to wait; zero means for ever
   * @return null if none came in time
   */
  byte @Nullable [] take(Duration atMost) throws IOException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (messages.isEmpty()) {
        requireOpen();
        if (atMost.isZero()) {
          changed.awaitUninterruptibly();
        } else if (left <= 0) {
          return null;
        } else {
          left = changed.awaitNanos(left);
        }
      }
      byte[] message = messages.removeFirst();
      bytes -= message.length;
      changed.signalAll();
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a message");
    } finally {
      lock.unlock();
    }
  }

  /** Waits for messages and shows as many of the first as fit, one at least; none only at the end. */
  List<byte[]> peek(int maxBytes) {
    lock.lock();
    try {
      while (messages.isEmpty() && end == null) {
        changed.awaitUninterruptibly();
      }
      var first = new ArrayList<byte[]>();
      int sum = 0;
      for (byte[] message : messages) {
        sum += PollBody.Batch.bytesOf(message);
        if (!first.isEmpty() && sum > maxBytes) {
          break;
        }
        first.add(message);
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** They have arrived. */
  void remove(int count) {
    lock.lock();
    try {
      for (int i = 0; i < count && !messages.isEmpty(); i++) {
        bytes -= messages.removeFirst().length;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing goes in; only the first reason counts. */
  void close(IOException why) {
    lock.lock();
    try {
      if (end == null) {
        end = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() throws IOException {
    if (end != null) {
      throw end instanceof EOFException
          ? new EOFException(end.getMessage())
          : new IOException(end.getMessage(), end);
    }
  }
}
