package dev.sallyport.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One small piece of state in a file of its own, written whole: a temporary file, synced, renamed over the old, the directory synced.
 * A crash at any point leaves the old version or the new one; a checksum tells either from anything else.
 *
 * <pre>magic "SPST" (4) | schema (2) | length (4) | body | CRC-32C of all before (4)</pre>
 */
public final class StateRecord {
  /** Far above what any of our records needs; nothing larger is read into memory. */
  static final int MAX_BODY_BYTES = 1 << 20;

  private static final int MAGIC = 0x53505354;
  private static final int HEADER_BYTES = 10;
  private static final int CHECKSUM_BYTES = 4;
  private static final String UNFINISHED = ".new";

  private final StateFiles files;
  private final String name;
  private final int schema;

  /**
   * @param name of the file
   * @param schema version of the body, from 1; a body of another version is refused, not guessed at
   */
  public StateRecord(StateFiles files, String name, int schema) {
    this.files = files;
    this.name = name;
    this.schema = schema;
  }

  public boolean exists() {
    return files.exists(name);
  }

  /**
   * Returns the body; the caller wipes it when it holds secrets.
   *
   * @throws StateException if the file is missing, damaged or of another version
   */
  public byte[] read() throws IOException {
    if (!exists()) {
      throw new StateException(
          "the agent's file \"" + name + "\" is missing: restore the state directory, or enrol this machine again");
    }
    byte[] whole;
    try (StateFile file = files.open(name)) {
      long size = file.size();
      if (size < HEADER_BYTES + CHECKSUM_BYTES || size > HEADER_BYTES + MAX_BODY_BYTES + CHECKSUM_BYTES) {
        throw damaged("its size is " + size + " bytes");
      }
      whole = new byte[(int) size];
      file.read(0, whole, 0, whole.length);
    }
    try {
      return body(whole);
    } finally {
      Arrays.fill(whole, (byte) 0);
    }
  }

  private byte[] body(byte[] whole) throws StateException {
    ByteBuffer in = ByteBuffer.wrap(whole);
    int magic = in.getInt();
    int version = Short.toUnsignedInt(in.getShort());
    int length = in.getInt();
    if (magic != MAGIC || length != whole.length - HEADER_BYTES - CHECKSUM_BYTES) {
      throw damaged("it is not a file of this agent or was cut short");
    }
    if (in.getInt(HEADER_BYTES + length) != checksum(whole, HEADER_BYTES + length)) {
      throw damaged("its checksum is wrong");
    }
    if (version != schema) {
      throw new StateException(
          "the agent's file \"" + name + "\" has version " + version + ", this agent reads version " + schema
              + ": start the agent that wrote it");
    }
    return Arrays.copyOfRange(whole, HEADER_BYTES, HEADER_BYTES + length);
  }

  private StateException damaged(String how) {
    return new StateException("the agent's file \"" + name + "\" is damaged (" + how
        + "): restore the state directory from a backup, or remove it and enrol this machine again");
  }

  /**
   * Returns when the body would survive a power failure. If it throws, the old version or the new one is in place.
   */
  public void write(byte[] body) throws IOException {
    if (body.length > MAX_BODY_BYTES) {
      throw new IllegalArgumentException("state of " + body.length + " bytes is beyond the limit of " + MAX_BODY_BYTES);
    }
    byte[] whole = encode(body);
    String unfinished = name + UNFINISHED;
    try {
      try (StateFile file = files.create(unfinished)) {
        file.write(0, whole, 0, whole.length);
        file.sync();
      }
      files.rename(unfinished, name);
      files.syncDirectory();
    } finally {
      Arrays.fill(whole, (byte) 0);
    }
  }

  private byte[] encode(byte[] body) {
    byte[] whole = new byte[HEADER_BYTES + body.length + CHECKSUM_BYTES];
    ByteBuffer out = ByteBuffer.wrap(whole).putInt(MAGIC).putShort((short) schema).putInt(body.length).put(body);
    out.putInt(checksum(whole, HEADER_BYTES + body.length));
    return whole;
  }

  /** Overwrites the bytes before the name goes, for what little that is worth on today's disks, and leaves no half-written copy. */
  public void erase() throws IOException {
    for (String remnant : new String[]{name, name + UNFINISHED}) {
      if (files.exists(remnant)) {
        try (StateFile file = files.open(remnant)) {
          byte[] zeros = new byte[(int) Math.min(file.size(), MAX_BODY_BYTES)];
          file.write(0, zeros, 0, zeros.length);
          file.sync();
        }
        files.delete(remnant);
      }
    }
    files.syncDirectory();
  }

  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
