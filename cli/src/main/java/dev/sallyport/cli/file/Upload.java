package dev.sallyport.cli.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.UUID;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.ApiException;
import dev.sallyport.cli.api.UnreachableException;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.InputDigest;

/**
 * Sends a file to the server. Its name there for going on follows from the file and its state, so that the same command, given again after
 * whatever ended the first, goes on where that was.
 */
final class Upload {
  private static final String BUSY = "upload-busy";
  private static final String OTHER_OFFSET = "other-offset";
  private static final String CUT = "upload-cut";
  private static final int PIECE_BYTES = 1 << 20;

  private final Terminal terminal;
  private final ApiClient client;
  private final Path file;
  private final long bytes;
  private final FileTime modified;
  private final String upload;
  private MessageDigest digest = InputDigest.hasher();

  Upload(Terminal terminal, ApiClient client, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          Files.exists(file) ? file + " is no ordinary file" : "there is no file " + file);
    }
    this.terminal = terminal;
    this.client = client;
    this.file = file.toRealPath();
    this.bytes = Files.size(file);
    this.modified = Files.getLastModifiedTime(file);
    this.upload = UUID.nameUUIDFromBytes((this.file + "\n" + bytes + "\n" + modified).getBytes(UTF_8)).toString();
  }

  /**
   * Sends it.
   *
   * @param keepDays how long the server keeps it
   * @return the file as the server shows it
   */
  JsonObject send(int keepDays) throws IOException {
    var patience = new Patience(terminal);
    try (var progress = ProgressLine.on(terminal, String.valueOf(file.getFileName()), bytes)) {
      while (true) {
        long offset = 0;
        Exception cut;
        try {
          offset = arrived();
          return checked(send(keepDays, offset, progress));
        } catch (UnreachableException e) {
          if (e.getCause() instanceof ConnectException && offset == 0) {
            throw e;
          }
          cut = e;
        } catch (ApiException e) {
          if (!goesOn(e)) {
            throw e;
          }
          cut = e;
        }
        if (!patience.afterCutAt(offset)) {
          throw new UnreachableException("the upload broke off (" + cut.getMessage()
              + "); the same command goes on with it", cut);
        }
      }
    }
  }

  private static boolean goesOn(ApiException e) {
    return e.code().equals(BUSY) || e.code().equals(OTHER_OFFSET) || e.code().equals(CUT);
  }

  private long arrived() {
    return Math.min(bytes, client.get("/api/v1/uploads/" + upload).integer("bytes", 0, Long.MAX_VALUE));
  }

  private JsonObject send(int keepDays, long offset, ProgressLine progress) throws IOException {
    digest = InputDigest.hasher();
    hash(offset);
    progress.from(offset);
    var query = new LinkedHashMap<String, String>();
    query.put("name", String.valueOf(file.getFileName()));
    query.put("upload", upload);
    query.put("offset", Long.toString(offset));
    query.put("keepDays", Integer.toString(keepDays));
    return client.upload(ApiClient.query("/api/v1/files", query), file, offset, bytes - offset, (piece, count) -> {
      progress.more(count);
      digest.update(piece, 0, count);
    });
  }

  /** What the server has already belongs to the digest, too. */
  private void hash(long upTo) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      for (long at = 0; at < upTo; at += piece.limit()) {
        piece.clear().limit((int) Math.min(PIECE_BYTES, upTo - at));
        if (channel.read(piece, at) < piece.limit()) {
          throw changed();
        }
        digest.update(piece.flip());
      }
    }
  }

  private JsonObject checked(JsonObject stored) throws IOException {
    String sent = HexFormat.of().formatHex(digest.digest());
    boolean isSame = stored.string("sha256").equals(sent) && Files.size(file) == bytes
        && Files.getLastModifiedTime(file).equals(modified);
    if (!isSame) {
      client.delete("/api/v1/files/" + stored.string("id"));
      throw changed();
    }
    return stored;
  }

  private UncheckedIOException changed() {
    return new UncheckedIOException(file + " changed while it was sent; nothing was kept of it",
        new IOException("try again when nobody writes to it"));
  }
}
