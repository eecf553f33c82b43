package dev.sallyport.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;

/**
 * The one writer of a log. Entries are on the disk after {@link #sync()}, and under a signature after {@link #checkpoint()}. After an
 * exception the log must be opened anew: nobody knows what reached the disk.
 *
 * <p>
 * Entries go to the end of one file, {@code tail}; when it holds 256 it becomes {@code tile/entries/<N>} by its name alone, after the
 * tiles of hashes over it are written. So each entry is written once, and a crash at any point leaves a log that can be read.
 *
 * <p>
 * One thread appends, syncs and makes checkpoints; any thread may look.
 */
public final class LogWriter implements AutoCloseable {
  /** How much of the tail is made ready at once, so that a sync of new entries need not write the file's size as well. */
  static final int ROOM_BYTES = 64 << 10;

  private final LogFiles files;
  private final NoteKey key;
  private final PrivateKey secret;
  private final HashStack hashes = new HashStack();
  private final List<byte[]> tail = new ArrayList<>();
  private FileChannel tailFile;
  private long tailBytes;
  private long tailRoom;
  private SignedCheckpoint newest;
  private boolean torn;

  private LogWriter(LogFiles files, NoteKey key, PrivateKey secret) throws IOException {
    this.files = files;
    this.key = key;
    this.secret = secret;
    Files.createDirectories(files.path("tile/entries"));
    newest = published();
    restore();
    tailFile = openTail();
    compareWithCheckpoint();
  }

  /**
   * Opens a log, or begins one.
   *
   * @param directory exists, and is this server's alone
   * @throws LogDamagedException if what is there is not what the newest checkpoint says
   */
  public static LogWriter open(Path directory, NoteKey key, PrivateKey secret) throws IOException {
    var files = new LogFiles(directory);
    replace(files.path(LogFiles.KEY), (key.text() + "\n").getBytes(StandardCharsets.US_ASCII));
    try {
      return new LogWriter(files, key, secret);
    } catch (ProtocolException e) {
      throw new LogDamagedException("It cannot be read: " + e.getMessage() + ".");
    }
  }

  /** Whether a crash had torn the end of an entry off, which was therefore cut away: it was never acknowledged. */
  public boolean wasTorn() {
    return torn;
  }

  /** How many entries the log has. */
  public synchronized long size() {
    return hashes.size();
  }

  /** The newest checkpoint. */
  public synchronized SignedCheckpoint newest() {
    return newest;
  }

  /** The tree as it was with so many entries; what is not under a checkpoint yet can be had, too. */
  public synchronized Tree tree(long entries) {
    if (entries > hashes.size()) {
      throw new IllegalArgumentException("the log has " + hashes.size() + " entries, not " + entries);
    }
    return new Tree(live(), entries);
  }

  /**
   * One entry.
   *
   * @param number below {@link #size()}
   */
  public byte[] entry(long number) throws IOException {
    long full;
    synchronized (this) {
      full = hashes.size() - tail.size();
      if (number >= full) {
        return tail.get(Math.toIntExact(number - full)).clone();
      }
    }
    return files.entries(number / TileId.FULL, TileId.FULL).get((int) (number % TileId.FULL));
  }

  /** Adds an entry at the end. It is not safe before {@link #sync()}. */
  public synchronized void append(byte[] entry) throws IOException {
    EntryBundle.requireEntry(entry);
    byte[] framed = EntryBundle.write(List.of(entry));
    makeRoom(framed.length);
    write(tailFile, framed, tailBytes);
    tailBytes += framed.length;
    tail.add(entry.clone());
    hashes.add(TreeHash.leaf(entry), this::fullTile);
    if (tail.size() == TileId.FULL) {
      rotate();
    }
  }

  /** Returns when all that was appended is on the disk. */
  public void sync() throws IOException {
    tailFile.force(false);
  }

  /** Signs the log as it is now; entries that were not safe are so after this. */
  public synchronized SignedCheckpoint checkpoint() throws IOException {
    long size = hashes.size();
    if (size == newest.checkpoint().size() && size > 0) {
      return newest;
    }
    sync();
    for (int level = 0; level < TileId.LEVELS; level++) {
      int width = hashes.width(level);
      if (width > 0) {
        long index = (size >> (level * TileId.HEIGHT)) / TileId.FULL;
        save(new TileId(level, index, width).path(), hashes.partial(level, width));
      }
    }
    if (!tail.isEmpty()) {
      save(TileId.entriesPath(size / TileId.FULL, tail.size()), EntryBundle.write(tail));
    }
    SignedCheckpoint signed = SignedCheckpoint.sign(new Checkpoint(key.name(), size, new Tree(live(), size).root(size)),
        key, secret);
    SignedCheckpoint before = newest;
    replace(files.path(LogFiles.CHECKPOINT), signed.note().getBytes(StandardCharsets.UTF_8));
    newest = signed;
    dropPartials(before.checkpoint().size(), size);
    return signed;
  }

  /** Makes a last checkpoint. */
  @Override
  public void close() throws IOException {
    try (FileChannel closing = tailFile) {
      checkpoint();
      closing.truncate(tailBytes);
    }
  }

  private SignedCheckpoint published() throws IOException {
    try {
      return SignedCheckpoint.open(files.checkpoint(), key);
    } catch (NoSuchFileException absent) {
      return SignedCheckpoint.sign(Checkpoint.start(key.name()), key, secret);
    }
  }

  /** Reads what is there. */
  private void restore() throws IOException {
    long full = newest.checkpoint().size() / TileId.FULL;
    while (files.hasEntries(full)) {
      full++;
    }
    for (int level = TileId.LEVELS - 1; level > 0; level--) {
      long below = full >> ((level - 1) * TileId.HEIGHT);
      for (long index = below - below % TileId.FULL; index < below; index++) {
        hashes.restore(level, Tree.fold(fullTile(level - 1, index), 0, TileId.FULL));
      }
    }
    for (byte[] entry : files.tail()) {
      tail.add(entry);
      hashes.add(TreeHash.leaf(entry), this::fullTile);
      tailBytes += EntryBundle.LENGTH_BYTES + entry.length;
    }
  }

  private byte[] fullTile(int level, long index) throws IOException {
    try {
      return files.tile(new TileId(level, index, TileId.FULL));
    } catch (NoSuchFileException missing) {
      if (level > 0) {
        throw new LogDamagedException("The tile " + new TileId(level, index, TileId.FULL).path() + " is missing.");
      }
      var bytes = new HashStack();
      for (byte[] entry : files.entries(index, TileId.FULL).subList(0, TileId.FULL)) {
        bytes.restore(0, TreeHash.leaf(entry));
      }
      byte[] made = bytes.partial(0, TileId.FULL);
      save(new TileId(0, index, TileId.FULL).path(), made);
      return made;
    }
  }

  private FileChannel openTail() throws IOException {
    FileChannel file = FileChannel.open(files.path(LogFiles.TAIL), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
        StandardOpenOption.READ);
    torn = !empty(file, tailBytes);
    if (torn) {
      file.truncate(tailBytes);
    }
    tailRoom = file.size();
    file.force(true);
    syncDirectory(files.directory());
    if (tail.size() == TileId.FULL) {
      tailFile = file;
      rotate();
      return tailFile;
    }
    return file;
  }

  /** Whether nothing was written behind this place. */
  private static boolean empty(FileChannel file, long from) throws IOException {
    var rest = ByteBuffer.allocate(ROOM_BYTES);
    for (long at = from; file.read(rest, at) > 0; at += rest.limit()) {
      rest.flip();
      while (rest.hasRemaining()) {
        if (rest.get() != 0) {
          return false;
        }
      }
      rest.clear();
    }
    return true;
  }

  private void compareWithCheckpoint() throws IOException {
    Checkpoint signed = newest.checkpoint();
    if (signed.size() > hashes.size()) {
      throw new LogDamagedException("It has " + hashes.size() + " entries, and its checkpoint was signed over "
          + signed.size() + ".");
    }
    Bytes root = new Tree(live(), hashes.size()).root(signed.size());
    if (!root.equals(signed.root())) {
      throw new LogDamagedException("Its entries are not those that its checkpoint was signed over.");
    }
  }

  private TileSource live() {
    return id -> {
      boolean growing;
      synchronized (this) {
        growing = id.index() == (hashes.size() >> (id.level() * TileId.HEIGHT)) / TileId.FULL;
        if (growing) {
          return hashes.partial(id.level(), id.width());
        }
      }
      byte[] full = files.tile(new TileId(id.level(), id.index(), TileId.FULL));
      return Arrays.copyOf(full, id.width() * TreeHash.BYTES);
    };
  }

  private void fullTile(TileId id, byte[] bytes) throws IOException {
    save(id.path(), bytes);
  }

  private void rotate() throws IOException {
    tailFile.truncate(tailBytes);
    tailFile.force(true);
    tailFile.close();
    Path entries = files.path(TileId.entriesPath(hashes.size() / TileId.FULL - 1, TileId.FULL));
    Files.createDirectories(parent(entries));
    Files.move(files.path(LogFiles.TAIL), entries, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parent(entries));
    tail.clear();
    tailBytes = 0;
    tailRoom = 0;
    tailFile = FileChannel.open(files.path(LogFiles.TAIL), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
        StandardOpenOption.READ);
    syncDirectory(files.directory());
  }

  private void makeRoom(int more) throws IOException {
    if (tailBytes + more > tailRoom) {
      write(tailFile, new byte[ROOM_BYTES], tailRoom);
      tailRoom += ROOM_BYTES;
      tailFile.force(true);
    }
  }

  /** What the checkpoint before needed and no later one does. */
  private void dropPartials(long before, long now) throws IOException {
    for (int level = 0; level < TileId.LEVELS; level++) {
      long nodes = before >> (level * TileId.HEIGHT);
      int width = (int) (nodes % TileId.FULL);
      if (width > 0 && nodes != now >> (level * TileId.HEIGHT)) {
        drop(new TileId(level, nodes / TileId.FULL, width).path());
        if (level == 0) {
          drop(TileId.entriesPath(nodes / TileId.FULL, width));
        }
      }
    }
  }

  private void drop(String name) throws IOException {
    Path file = files.path(name);
    Files.deleteIfExists(file);
    Path parent = parent(file);
    boolean empty;
    try (Stream<Path> left = Files.list(parent)) {
      empty = left.findAny().isEmpty();
    } catch (NoSuchFileException gone) {
      return;
    }
    if (empty) {
      Files.deleteIfExists(parent);
    }
  }

  private void save(String name, byte[] bytes) throws IOException {
    Path file = files.path(name);
    Files.createDirectories(parent(file));
    replace(file, bytes);
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      write(out, bytes, 0);
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parent(file));
  }

  private static void write(FileChannel file, byte[] bytes, long at) throws IOException {
    var rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      file.write(rest, at + rest.position());
    }
  }

  /** Every file here lies in the log's directory. */
  private static Path parent(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel open = FileChannel.open(directory, StandardOpenOption.READ)) {
      open.force(true);
    }
  }
}
