package dev.sallyport.server.inventory;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.channel.OutputChannel;
import org.jspecify.annotations.Nullable;

/** An audit on its way in: what fits is kept in memory, what is larger goes to a file of the server's own. For one thread. */
final class Spool implements OutputSink, Closeable {
  /** Bytes kept in memory: the changes of many days, and 2,000 packages. */
  static final int MEMORY_BYTES = 64 << 10;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream out;

  @Override
  public void output(OutputChannel channel, byte[] bytes, long position) {
    if (channel != OutputChannel.STDOUT) {
      return;
    }
    try {
      if (out == null && memory.size() + bytes.length > MEMORY_BYTES) {
        file = Files.createTempFile("sallyport-audit-", ".gz");
        out = Files.newOutputStream(file);
        memory.writeTo(out);
        memory.reset();
      }
      if (out == null) {
        memory.writeBytes(bytes);
      } else {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the server cannot keep an audit for a moment; free some space", e);
    }
  }

  /** Reads it all, when it is whole. */
  InputStream open() throws IOException {
    if (file == null || out == null) {
      return new ByteArrayInputStream(memory.toByteArray());
    }
    out.flush();
    return new BufferedInputStream(Files.newInputStream(file));
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
