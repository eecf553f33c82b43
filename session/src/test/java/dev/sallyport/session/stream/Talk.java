package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.frame.Frame;

/** One end's reader and writer of a stream, with a temper of its own; what it says can be checked at the other end. */
final class Talk {
  private final SessionStream stream;
  private final SplittableRandom random;
  private final int readsOneIn;
  private final int largest;
  private int left;
  private int written;
  private int read;
  private boolean saidLast;
  private boolean heardLast;
  private boolean wasReset;

  Talk(SessionStream stream, SplittableRandom random) {
    this.stream = stream;
    this.random = random;
    readsOneIn = random.nextInt(1, 12);
    largest = random.nextInt(4) == 0 ? Frame.MAX_DATA_BYTES : random.nextInt(1, 20_000);
    left = Math.min(200 * largest, random.nextInt(5) == 0 ? random.nextInt(600_000) : random.nextInt(20_000));
  }

  /** Reads, writes or resets; false if there was nothing it could do. */
  boolean act(boolean reset) {
    if (done()) {
      return false;
    }
    try {
      if (reset) {
        stream.reset(random.nextInt(100));
        wasReset = true;
        return true;
      }
      boolean read = (random.nextInt(readsOneIn) == 0 || saidLast) && readOne();
      return writeOne() || read || readOne();
    } catch (StreamResetException e) {
      wasReset = true;
      return true;
    } catch (SessionClosedException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean done() {
    return wasReset || (saidLast && heardLast);
  }

  private boolean writeOne() throws StreamResetException, SessionClosedException {
    if (saidLast) {
      return false;
    }
    int size = Math.min(left, random.nextInt(largest + 1));
    byte[] body = new byte[size];
    for (int i = 0; i < size; i++) {
      body[i] = sample(written + i);
    }
    boolean last = size == left;
    if (!stream.tryWrite(body, last)) {
      return false;
    }
    saidLast = last;
    written += size;
    left -= size;
    return true;
  }

  private boolean readOne() throws StreamResetException, SessionClosedException, InterruptedException {
    if (heardLast || !stream.isReadable()) {
      return false;
    }
    byte[] body = stream.read();
    if (body == null) {
      heardLast = true;
      return true;
    }
    for (byte b : body) {
      if (b != sample(read)) {
        assertThat(b).as("byte %d of %s", read, stream).isEqualTo(sample(read));
      }
      read++;
    }
    return true;
  }

  private byte sample(int offset) {
    return (byte) (offset * 31 + (offset >>> 8) * 17 + stream.id());
  }

  @Override
  public String toString() {
    return stream + ": " + left + " to write, " + read + " read, said last " + saidLast + ", heard last " + heardLast;
  }
}
