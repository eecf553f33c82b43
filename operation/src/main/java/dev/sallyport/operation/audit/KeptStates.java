package dev.sallyport.operation.audit;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

import dev.sallyport.operation.note.Durably;
import dev.sallyport.protocol.audit.AuditSection;

/**
 * The states of sections that the agent remembers, in files named by section and digest: of each section the one that the server said it holds, and the one
 * it was told last. A state is as durable as its digest is true: what a crash leaves half written is found damaged and not used.
 */
final class KeptStates {
  private static final String FRESH = ".new";

  private final Path directory;

  /**
   * @param directory made when the first state is kept; its parent is the agent's alone
   */
  KeptStates(Path directory) {
    this.directory = directory;
  }

  /** Opens the state of this digest, if it is known and whole. */
  Optional<KeptState> open(AuditSection section, String digest) throws IOException {
    Path file = file(section, digest);
    return !digest.isEmpty() && KeptState.holds(file, digest) ? Optional.of(new KeptState(file)) : Optional.empty();
  }

  /** Begins to write down a state whose digest is not known yet. */
  Writer write(AuditSection section) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, Durably.ownerOnly("rwx------"));
    }
    return new Writer(section);
  }

  private Path file(AuditSection section, String digest) {
    return directory.resolve(section.word() + '-' + digest);
  }

  /** Writes one state, items in the order of their keys. */
  final class Writer implements Closeable {
    private final AuditSection section;
    private final Path fresh;
    private final FileChannel channel;
    private final DataOutputStream out;

    private Writer(AuditSection section) throws IOException {
      this.section = section;
      this.fresh = directory.resolve(section.word() + FRESH);
      Files.deleteIfExists(fresh);
      channel = FileChannel.open(fresh,
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
          Durably.ownerOnly("rw-------"));
      out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    }

    void add(byte[] key, byte[] digest) throws IOException {
      out.writeShort(key.length);
      out.write(key);
      out.write(digest);
    }

    /** Keeps it under its digest, together with the state that the server holds; all others of this section are forgotten. */
    void keep(String digest, String base) throws IOException {
      out.flush();
      channel.force(true);
      channel.close();
      Path kept = file(section, digest);
      Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forgetAllBut(kept, file(section, base));
    }

    private void forgetAllBut(Path newest, Path held) throws IOException {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          boolean ofSection = file.getFileName().toString().startsWith(section.word() + '-');
          if (ofSection && !file.equals(newest) && !file.equals(held)) {
            Files.deleteIfExists(file);
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }

    /** Without {@link #keep} nothing is kept. */
    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(fresh);
    }
  }
}
