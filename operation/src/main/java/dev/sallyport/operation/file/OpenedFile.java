package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dev.sallyport.protocol.json.JsonObject;

/**
 * An ordinary file that is open for reading, and the state it was in when that began. Links are followed, as everywhere where only a
 * look is taken.
 */
final class OpenedFile implements AutoCloseable {
  private final Path path;
  private final FileVersion version;
  private final FileChannel channel;

  private OpenedFile(Path path, FileVersion version, FileChannel channel) {
    this.path = path;
    this.version = version;
    this.channel = channel;
  }

  /** Looks before it opens, since opening a pipe waits; and after, since somebody may have put another file there between the two. */
  static OpenedFile open(Path path) throws IOException {
    FileVersion before = FileVersion.of(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      if (!FileVersion.of(path).isSameFile(before)) {
        throw new FileTrouble(path + ": the file was replaced while it was opened; try again");
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new OpenedFile(path, before, channel);
  }

  FileVersion version() {
    return version;
  }

  FileChannel channel() {
    return channel;
  }

  /** Whether the file is not any more what it was when it was opened. */
  boolean changed() {
    try {
      return !FileVersion.of(path).equals(version);
    } catch (IOException e) {
      // Whatever is there now, it is not that file.
      return true;
    }
  }

  /** The state it was opened in, for the value of an operation. */
  JsonObject.Builder describe() {
    return version.put(JsonObject.builder());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
