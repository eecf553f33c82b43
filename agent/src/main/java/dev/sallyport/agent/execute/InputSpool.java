package dev.sallyport.agent.execute;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

import dev.sallyport.agent.state.StateFile;
import dev.sallyport.operation.OperationInput;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.operation.InputDigest;
import org.jspecify.annotations.Nullable;

/**
 * The input of an order, which is taken completely before anything is decided: so a link that breaks has started nothing. It lies in a
 * file unless it is small, and counts for the room that outputs share; whoever has one closes it.
 *
 * <p>For one thread at a time.
 */
public final class InputSpool implements OperationInput, AutoCloseable {
  /** Most bytes that stay in memory. */
  static final int MAX_INLINE_BYTES = 16 << 10;

  private final OutputFiles files;

  /** Made with the first byte: most orders have no input, and are many. */
  private @Nullable MessageDigest digest;
  private byte[] memory = new byte[0];
  private @Nullable StateFile file;
  private long fileNumber;
  private int length;
  private boolean noRoom;
  private boolean taken;

  InputSpool(OutputFiles files) {
    this.files = files;
  }

  /**
   * Takes the next bytes.
   *
   * @throws ProtocolException if there are more than an input may have
   */
  public void add(byte[] bytes, int offset, int count) {
    if (count > InputDigest.MAX_BYTES - length) {
      throw new ProtocolException("more than " + InputDigest.MAX_BYTES + " bytes of input");
    }
    if (digest == null) {
      digest = InputDigest.hasher();
    }
    digest.update(bytes, offset, count);
    if (!noRoom) {
      store(bytes, offset, count);
    }
    length += count;
  }

  /** What finds no room is dropped: the order is refused then, but only when all of it has come. */
  private void store(byte[] bytes, int offset, int count) {
    try {
      if (file == null && length + count <= MAX_INLINE_BYTES) {
        memory = Arrays.copyOf(memory, length + count);
        System.arraycopy(bytes, offset, memory, length, count);
        return;
      }
      StateFile target = file == null ? moveToFile() : file;
      if (target == null || !files.reserve(count)) {
        noRoom = true;
        return;
      }
      append(target, bytes, offset, count);
    } catch (IOException e) {
      // The disk is full or broken; the order is refused with a reason, and can be given again.
      noRoom = true;
    }
  }

  private void append(StateFile target, byte[] bytes, int offset, int count) throws IOException {
    try {
      target.write(length, bytes, offset, count);
    } catch (IOException e) {
      files.release(count);
      throw e;
    }
  }

  private @Nullable StateFile moveToFile() throws IOException {
    if (!files.reserve(length)) {
      return null;
    }
    fileNumber = files.newNumber();
    StateFile fresh = files.create(fileNumber);
    file = fresh;
    fresh.write(0, memory, 0, length);
    memory = new byte[0];
    return fresh;
  }

  /** Whether it could be kept. */
  boolean hasRoom() {
    return !noRoom;
  }

  /** Whether these are the bytes that the order speaks of. To be asked once, when all have come. */
  boolean is(InputDigest said) {
    MessageDigest sum = digest;
    return sum == null
        ? said.equals(InputDigest.NONE)
        : said.bytes() == length && said.sha256().equals(Bytes.of(sum.digest()));
  }

  /** Somebody needs it for as long as the operation runs. */
  void take() {
    taken = true;
  }

  /** Closes it unless an operation has it that may still run. */
  public void closeUnlessTaken() {
    if (!taken) {
      close();
    }
  }

  @Override
  public InputStream open() {
    StateFile spooled = file;
    return spooled == null ? new ByteArrayInputStream(memory) : new SpoolStream(spooled);
  }

  /** Whatever cannot be deleted now is deleted at the agent's next start. */
  @Override
  public void close() {
    memory = new byte[0];
    StateFile spooled = file;
    file = null;
    if (spooled != null) {
      try {
        spooled.close();
        files.delete(fileNumber);
      } catch (IOException e) {
        noRoom = true;
      }
    }
  }

  private final class SpoolStream extends InputStream {
    private final StateFile from;
    private int at;

    SpoolStream(StateFile from) {
      this.from = from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      int some = Math.min(count, length - at);
      if (some == 0) {
        return count == 0 ? 0 : -1;
      }
      from.read(at, into, offset, some);
      at += some;
      return some;
    }
  }
}
