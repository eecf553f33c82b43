package dev.sallyport.server.inventory;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.audit.AuditChange;
import dev.sallyport.protocol.audit.AuditItem;
import org.jspecify.annotations.Nullable;

/** Reads the changes that an agent sent. They are hostile: however well they are compressed, they take bounded time, and the memory of one. */
final class ChangeReader implements Closeable {
  /** Most changes of an audit: all that were there are gone, and as many others have come. */
  static final int MAX_CHANGES = 2 * AuditItem.MAX_ITEMS;

  /** Most bytes when decompressed: as many items, each with what JSON adds to a line. */
  static final long MAX_BYTES = 2L * (AuditItem.MAX_SECTION_BYTES + 32L * AuditItem.MAX_ITEMS);

  private static final int BUFFER_BYTES = 8 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int end;
  private long bytes;
  private int changes;

  /** @param compressed what the agent sent */
  ChangeReader(InputStream compressed) throws IOException {
    in = new GZIPInputStream(compressed, BUFFER_BYTES);
  }

  /**
   * The next change, or null behind the last.
   *
   * @throws ProtocolException if it is none, or if there are too many
   * @throws IOException also if the bytes are not compressed as they should be
   */
  @Nullable
  AuditChange next() throws IOException {
    line.reset();
    while (fill()) {
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.write(buffer, from, at - from);
      if (line.size() > AuditChange.MAX_LINE_BYTES) {
        throw new ProtocolException("audit: a line of more than " + AuditChange.MAX_LINE_BYTES + " bytes");
      }
      if (at < end) {
        at++;
        return parse();
      }
    }
    if (line.size() > 0) {
      throw new ProtocolException("audit: the last line has no end");
    }
    return null;
  }

  private AuditChange parse() {
    if (++changes > MAX_CHANGES) {
      throw new ProtocolException("audit: more than " + MAX_CHANGES + " changes");
    }
    return AuditChange.parse(line.toByteArray());
  }

  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    at = 0;
    end = Math.max(0, in.read(buffer));
    bytes += end;
    if (bytes > MAX_BYTES) {
      throw new ProtocolException("audit: more than " + MAX_BYTES + " bytes");
    }
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
