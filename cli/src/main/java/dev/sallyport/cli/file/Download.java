package dev.sallyport.cli.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.UnreachableException;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.InputDigest;

/** Fetches a file from the server: into a file beside its place, which it takes when it is whole and is what it should be. */
final class Download {
  private final Terminal terminal;
  private final ApiClient client;

  Download(Terminal terminal, ApiClient client) {
    this.terminal = terminal;
    this.client = client;
  }

  /**
   * Fetches it.
   *
   * @param stored {@code file} (its id), {@code bytes} and {@code sha256}
   * @param place replaced if it is there
   */
  void fetch(JsonObject stored, Path place) throws IOException {
    Path whole = place.toAbsolutePath();
    Path part = whole.resolveSibling(".sallyport-" + stored.string("file") + ".part");
    long bytes = stored.integer("bytes", 0, Long.MAX_VALUE);
    try (var progress = ProgressLine.on(terminal, String.valueOf(whole.getFileName()), bytes)) {
      try (var arriving = new Arriving(part, progress)) {
        receive("/api/v1/files/" + stored.string("file") + "/content", bytes, arriving);
        arriving.require(stored.string("sha256"));
      }
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void receive(String path, long bytes, Arriving arriving) throws IOException {
    var patience = new Patience(terminal);
    while (arriving.bytes < bytes) {
      Exception cut;
      try {
        if (!client.download(path, arriving.bytes, arriving)) {
          throw new IllegalArgumentException("the server does not go on with a download that broke off; try again");
        }
        cut = new IOException("the server ended it");
      } catch (UnreachableException | IOException e) {
        cut = e;
      }
      if (arriving.bytes < bytes && !patience.afterCutAt(arriving.bytes)) {
        throw new UnreachableException("the download broke off: " + cut.getMessage(), cut);
      }
    }
  }

  /** The file as it comes, hashed; trouble with this disk is no cut. */
  private static final class Arriving extends OutputStream {
    private final FileChannel file;
    private final ProgressLine progress;
    private final MessageDigest digest = InputDigest.hasher();
    private long bytes;

    Arriving(Path part, ProgressLine progress) throws IOException {
      this.file = FileChannel.open(part,
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
      this.progress = progress;
    }

    @Override
    public void write(int b) {
      write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      ByteBuffer left = ByteBuffer.wrap(from, offset, length);
      try {
        while (left.hasRemaining()) {
          file.write(left);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the file cannot be written here", e);
      }
      digest.update(from, offset, length);
      bytes += length;
      progress.more(length);
    }

    void require(String sha256) {
      if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
        throw new UncheckedIOException("nothing was kept",
            new IOException("what arrived is not what the machine has sent; try again"));
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
