package dev.sallyport.server.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.server.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * All files of the server: contents on the disk, what is known of them in the database. A file is in the store when its row is, and the row is
 * written after its content is durable; so a crash leaves contents that nobody speaks of, and never the opposite. Those are deleted at the start.
 *
 * <p>{@code lock} guards the names of parts that are open, and keeps a content from being deleted while another file of the same content arrives.
 */
public final class StoredFiles {
  private static final int SHA256_HEX = 2 * InputDigest.SHA256_BYTES;
  private static final int TIDY_AT_ONCE = 500;
  /** What is still needed when its time is over is looked at again after this. */
  private static final Duration NEEDED = Duration.ofDays(1);

  private final Store store;
  private final Directory directory;
  private final FileLimits limits;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Path> coming = new HashSet<>();
  private @Nullable Room room;

  /** @param directory of its own, for nothing else */
  public StoredFiles(Store store, Path directory, FileLimits limits, InstantSource clock) {
    this.store = store;
    this.directory = new Directory(directory);
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * What a new file is called, and by whom.
   *
   * @param name any text; what no name may hold is taken out
   * @param keep how long it is kept
   */
  public record Label(String name, String by, Duration keep, Optional<StoredFile.Origin> origin) {}

  /** Makes the directory, and deletes what a crash has left. */
  public void open() throws IOException {
    directory.make();
    for (Path content : directory.contents()) {
      if (!isKnown(content.getFileName().toString())) {
        directory.delete(content);
      }
    }
    room = new Room(directory.path(), limits, directory.used());
  }

  private boolean isKnown(String name) {
    return name.length() == SHA256_HEX && store.read(sql -> new FileTable(sql).holding(Bytes.ofHex(name))).isPresent();
  }

  FileLimits limits() {
    return limits;
  }

  private Room room() {
    Room open = room;
    if (open == null) {
      throw new IllegalStateException("the store of files is not open");
    }
    return open;
  }

  /** Bytes of all files, those that are still coming among them. */
  public long used() {
    return room().used();
  }

  /**
   * A file that is to come, or goes on coming.
   *
   * @param key the same for whoever goes on with it, and for nobody else
   * @throws PartBusyException if somebody has it open
   */
  public PartFile part(String key) throws IOException {
    Path path = directory.part(key);
    lock.lock();
    try {
      if (!coming.add(path)) {
        throw new PartBusyException();
      }
    } finally {
      lock.unlock();
    }
    try {
      return PartFile.open(path, Directory.marksOf(path), room(), () -> left(path));
    } catch (IOException | RuntimeException e) {
      left(path);
      throw e;
    }
  }

  private void left(Path part) {
    lock.lock();
    try {
      coming.remove(part);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The file has come: closes it, gives it its place and tells of it. It is durable when this returns.
   *
   * @param expected the digest it must have
   * @throws DigestException if it has another; the part is as it was then
   */
  public StoredFile finish(PartFile part, Label label, Optional<Bytes> expected) throws IOException {
    long bytes = part.bytes();
    Bytes sha256 = part.seal();
    if (expected.isPresent() && !expected.get().equals(sha256)) {
      throw new DigestException();
    }
    part.close();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var file = new StoredFile(UUID.randomUUID().toString(), name(label.name()), sha256, bytes, now, label.by(),
        label.origin(), now.plus(label.keep()));
    lock.lock();
    try {
      Path place = directory.content(sha256);
      if (Files.exists(place)) {
        part.discard();
      } else {
        part.moveTo(place, Directory.marksOf(place));
      }
      directory.sync();
      return store.write(sql -> {
        new FileTable(sql).insert(file);
        return file;
      });
    } finally {
      lock.unlock();
    }
  }

  /** A name for people that is nobody's path: plain text without slashes. */
  static String name(String given) {
    String plain = PlainText.clean(given, StoredFile.MAX_NAME_LENGTH).replace('/', '_').replace('\\', '_').strip();
    return plain.isEmpty() || plain.equals(".") || plain.equals("..") ? "file" : plain;
  }

  Optional<StoredFile> find(String id) {
    return store.read(sql -> new FileTable(sql).find(id));
  }

  /** The file that a person means: by its id, the SHA-256 of its content in hexadecimal, or its name, of which the newest counts. */
  public Optional<StoredFile> meant(String text) {
    return store.read(sql -> {
      var table = new FileTable(sql);
      if (text.length() == SHA256_HEX && isHex(text)) {
        return table.holding(Bytes.ofHex(text));
      }
      return text.length() == Uuids.LENGTH && Uuids.startsWithUuid(text) ? table.find(text) : table.named(text);
    });
  }

  private static boolean isHex(String text) {
    try {
      Bytes.ofHex(text);
      return true;
    } catch (ProtocolException e) {
      // A name that is as long as a digest.
      return false;
    }
  }

  /** The file that this step fetched. */
  public Optional<StoredFile> fetched(String mark) {
    return store.read(sql -> new FileTable(sql).marked(mark));
  }

  List<StoredFile> newest(int limit) {
    return store.read(sql -> new FileTable(sql).newest(limit));
  }

  /** Opens a content; {@link java.nio.file.NoSuchFileException} if it is not here any more. */
  public Content content(Bytes sha256) throws IOException {
    Path place = directory.content(sha256);
    return Content.open(sha256, place, Directory.marksOf(place));
  }

  /** Whether a directive that is not over speaks of this content. */
  boolean isNeeded(Bytes sha256) {
    return store.read(sql -> OpenOrders.need(sql, sha256));
  }

  /** Forgets a file, and deletes its content if no other has it. */
  void delete(StoredFile file) throws IOException {
    lock.lock();
    try {
      boolean last = store.write(sql -> {
        var table = new FileTable(sql);
        return table.delete(file.id()) && table.holding(file.sha256()).isEmpty();
      });
      if (last) {
        room().giveBack(directory.delete(directory.content(file.sha256())));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Deletes files whose time is over, and beginnings of files with which nobody went on. */
  void tidy() throws IOException {
    Instant now = clock.instant();
    for (StoredFile file : store.read(sql -> new FileTable(sql).expired(now, TIDY_AT_ONCE))) {
      if (isNeeded(file.sha256())) {
        store.write(sql -> {
          new FileTable(sql).keepUntil(file.id(), now.plus(NEEDED));
          return file;
        });
      } else {
        delete(file);
      }
    }
    lock.lock();
    try {
      for (Path part : directory.idleParts(now.minus(FileLimits.KEEP_PARTS))) {
        if (!coming.contains(part)) {
          room().giveBack(directory.delete(part));
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
