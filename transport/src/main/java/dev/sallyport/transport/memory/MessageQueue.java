package dev.sallyport.transport.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Messages on their way in one direction; a full queue makes the sender wait, as a full socket buffer would. */
final class MessageQueue {
  private static final int MAX_MESSAGES = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
  private boolean ended;

  /** What a receiver finds. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  sealed interface Taken {
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Message(byte[] bytes) implements Taken {}

  record End() implements Taken {}

  record Nothing() implements Taken {}

  /** False if the queue has ended and the message is lost. */
  boolean put(byte[] message) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!ended && messages.size() >= MAX_MESSAGES) {
        changed.await();
      }
      if (ended) {
        return false;
      }
      messages.add(message);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** @param timeout zero to wait for ever */
  Taken take(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.isZero() ? Long.MAX_VALUE : timeout.toNanos();
      while (messages.isEmpty()) {
        if (ended) {
          return new End();
        }
        if (left <= 0) {
          return new Nothing();
        }
        left = changed.awaitNanos(left);
      }
      changed.signalAll();
      return new Message(messages.remove());
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
