package dev.sallyport.agent.state;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk in memory that forgets what was not synced, the way real ones do: of unsynced writes any pages may have reached the disk, of
 * unsynced changes to the directory any first few. It can run full, fail, and lose power at any step.
 */
public final class FaultyDisk implements StateFiles {
  private static final int PAGE_BYTES = 512;

  /** Thrown in place of the step at which the power fails; nobody catches it. */
  public static final class PowerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @SuppressWarnings("ArrayRecordComponent") // kept, never compared
  private record Write(int position, byte[] bytes) {}

  private static final class Content {
    private byte[] bytes = new byte[0];
    private int length;

    void put(int position, byte[] source, int offset, int count) {
      if (bytes.length < position + count) {
        bytes = Arrays.copyOf(bytes, Math.max(position + count, 2 * bytes.length));
      }
      System.arraycopy(source, offset, bytes, position, count);
      length = Math.max(length, position + count);
    }

    byte[] copy() {
      return Arrays.copyOf(bytes, length);
    }
  }

  private static final class Inode {
    private final Content now = new Content();
    private final Content synced = new Content();
    private final List<Write> pending = new ArrayList<>();

    static Inode of(byte[] bytes) {
      var inode = new Inode();
      inode.now.put(0, bytes, 0, bytes.length);
      inode.synced.put(0, bytes, 0, bytes.length);
      return inode;
    }
  }

  private record Rename(String from, String to) {}

  private Map<String, Inode> names = new LinkedHashMap<>();
  private Map<String, Inode> syncedNames = new LinkedHashMap<>();
  private final List<Map<String, Inode>> pendingNames = new ArrayList<>();
  private int steps;
  private int syncs;
  private int powerFailsAt = Integer.MAX_VALUE;
  private int failsFrom = Integer.MAX_VALUE;
  private long room = Long.MAX_VALUE;

  /** The power fails instead of this step, counted from 1. */
  public synchronized void powerFailsAt(int step) {
    powerFailsAt = step;
  }

  /** From this step on, counted from 1, every step fails with an {@link IOException}. */
  public synchronized void failsFrom(int step) {
    failsFrom = step;
  }

  /** How many more bytes may be written before the disk is full. */
  public synchronized void room(long bytes) {
    room = bytes;
  }

  public synchronized int steps() {
    return steps;
  }

  public synchronized int syncs() {
    return syncs;
  }

  /** What may be found after the power came back; another seed gives another possibility. */
  public synchronized FaultyDisk afterPowerFailure(long seed) {
    var random = new Random(seed);
    var after = new FaultyDisk();
    int applied = random.nextInt(pendingNames.size() + 1);
    Map<String, Inode> found = applied == 0 ? syncedNames : pendingNames.get(applied - 1);
    var survivors = new HashMap<Inode, Inode>();
    found.forEach(
        (name, inode) -> after.names.put(name, survivors.computeIfAbsent(inode, lost -> survivor(lost, random))));
    after.syncedNames = new LinkedHashMap<>(after.names);
    return after;
  }

  /** What is found when only the process died. */
  public synchronized FaultyDisk afterKill() {
    var after = new FaultyDisk();
    names.forEach((name, inode) -> after.names.put(name, Inode.of(inode.now.copy())));
    after.syncedNames = new LinkedHashMap<>(after.names);
    return after;
  }

  private static Inode survivor(Inode lost, Random random) {
    var found = new Content();
    found.put(0, lost.synced.bytes, 0, lost.synced.length);
    boolean all = random.nextInt(4) == 0;
    for (Write write : lost.pending) {
      for (int from = 0; from < write.bytes().length; from += PAGE_BYTES) {
        int to = Math.min(from + PAGE_BYTES, write.bytes().length);
        if (all || random.nextBoolean()) {
          found.put(write.position() + from, write.bytes(), from, to - from);
        }
      }
    }
    return Inode.of(found.copy());
  }

  private void step() throws IOException {
    steps++;
    if (steps >= powerFailsAt) {
      throw new PowerFailure();
    }
    if (steps >= failsFrom) {
      throw new IOException("Input/output error");
    }
  }

  private void namesChanged() {
    pendingNames.add(new LinkedHashMap<>(names));
  }

  private void use(int bytes) throws IOException {
    if (bytes > room) {
      throw new IOException("No space left on device");
    }
    room -= bytes;
  }

  /** The bytes of a file as they are now, for tests that damage them. */
  public synchronized byte[] bytes(String name) {
    Inode inode = names.get(name);
    if (inode == null) {
      throw new AssertionError("no file " + name + " among " + names.keySet());
    }
    return inode.now.copy();
  }

  /** Replaces a file's bytes behind the agent's back, durably. */
  public synchronized void plant(String name, byte[] bytes) {
    Inode inode = Inode.of(bytes);
    names.put(name, inode);
    syncedNames.put(name, inode);
  }

  @Override
  public synchronized StateFile create(String name) throws IOException {
    step();
    use(PAGE_BYTES);
    var inode = new Inode();
    names.put(name, inode);
    namesChanged();
    return new OpenFile(inode);
  }

  @Override
  public synchronized StateFile open(String name) throws IOException {
    Inode inode = names.get(name);
    if (inode == null) {
      throw new NoSuchFileException(name);
    }
    return new OpenFile(inode);
  }

  @Override
  public synchronized boolean exists(String name) {
    return names.containsKey(name);
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    step();
    Inode inode = names.remove(from);
    if (inode == null) {
      throw new NoSuchFileException(new Rename(from, to).toString());
    }
    names.put(to, inode);
    namesChanged();
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    if (names.containsKey(name)) {
      step();
      names.remove(name);
      namesChanged();
    }
  }

  @Override
  public synchronized List<String> names() {
    return List.copyOf(names.keySet());
  }

  @Override
  public synchronized void syncDirectory() throws IOException {
    step();
    syncs++;
    syncedNames = new LinkedHashMap<>(names);
    pendingNames.clear();
  }

  private final class OpenFile implements StateFile {
    private final Inode inode;

    OpenFile(Inode inode) {
      this.inode = inode;
    }

    @Override
    public long size() {
      synchronized (FaultyDisk.this) {
        return inode.now.length;
      }
    }

    /** A failing write leaves its first half behind. */
    @Override
    public void write(long position, byte[] bytes, int offset, int length) throws IOException {
      synchronized (FaultyDisk.this) {
        int written = length;
        try {
          step();
          use(length);
        } catch (IOException | PowerFailure e) {
          written = length / 2;
          throw e;
        } finally {
          byte[] copy = Arrays.copyOfRange(bytes, offset, offset + written);
          inode.now.put((int) position, copy, 0, written);
          inode.pending.add(new Write((int) position, copy));
        }
      }
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      synchronized (FaultyDisk.this) {
        if (position + length > inode.now.length) {
          throw new EOFException("end of file");
        }
        System.arraycopy(inode.now.bytes, (int) position, into, offset, length);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (FaultyDisk.this) {
        step();
        inode.now.length = (int) Math.min(size, inode.now.length);
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (FaultyDisk.this) {
        step();
        syncs++;
        for (Write write : inode.pending) {
          inode.synced.put(write.position(), write.bytes(), 0, write.bytes().length);
        }
        inode.synced.length = inode.now.length;
        inode.pending.clear();
      }
    }

    @Override
    public void close() {
      // Closing makes nothing durable.
    }
  }
}
