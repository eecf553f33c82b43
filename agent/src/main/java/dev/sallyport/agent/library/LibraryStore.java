package dev.sallyport.agent.library;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.agent.state.StateFile;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.operation.OperationInput;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.library.LibraryArchive;
import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.protocol.operation.Platform;

/**
 * The jars on this machine. Each has two files named by its SHA-256, never by anything that somebody chose (incident T14): the signed statement,
 * which comes first, and the jar, or the part of it that has arrived. A jar is never unpacked.
 *
 * <p>Blocks are not made durable one by one: what a power failure took is missed by {@link #keep}, which checks size and SHA-256.
 */
final class LibraryStore {
  /** Most bytes of all jars and parts together: 256 MiB. What has not been used for longest makes room. */
  static final long MAX_BYTES = 256L << 20;

  private static final String STATEMENT = ".sig";
  private static final String PART = ".part";
  private static final String JAR = ".jar";
  private static final int PIECE_BYTES = 64 << 10;

  private final StateFiles files;
  private final TrustFile trust;
  private final Optional<Platform> platform;
  private final long maxBytes;
  private final Map<String, Long> lastUse = new HashMap<>();
  private long uses;

  /**
   * @param files a directory of its own
   * @param platform of this machine, if it is one of those that libraries know
   */
  LibraryStore(StateFiles files, TrustFile trust, Optional<Platform> platform, long maxBytes) {
    this.files = files;
    this.trust = trust;
    this.platform = platform;
    this.maxBytes = maxBytes;
  }

  /**
   * What of an offered library is here.
   *
   * @param held whether all of it is
   * @param bytes how many bytes have arrived
   */
  record Arrived(boolean held, long bytes) {}

  /**
   * Takes note of a signed statement.
   *
   * @throws ProtocolException if it is not to be believed, or not for this machine
   */
  synchronized Arrived offer(Bytes envelope) throws IOException {
    LibraryStatement statement = admit(envelope);
    String name = name(statement.sha256());
    if (files.exists(name + JAR)) {
      return new Arrived(true, statement.bytes());
    }
    makeRoom(name, statement.bytes());
    write(name + STATEMENT, envelope.toArray());
    files.syncDirectory();
    touch(name);
    return new Arrived(false, arrived(name));
  }

  /** Judges a statement by what counts now. */
  LibraryStatement admit(Bytes envelope) {
    LibraryStatement statement = trust.current().admit(envelope);
    if (platform.isEmpty() || !statement.platforms().contains(platform.get())) {
      throw new ProtocolException(statement.id() + " " + statement.version()
          + " is not made for this machine's operating system");
    }
    return statement;
  }

  /** Adds a block to a part. */
  synchronized Arrived put(Bytes jar, int offset, int length, OperationInput input) throws IOException {
    String name = name(jar);
    LibraryStatement statement = statement(name);
    if (files.exists(name + JAR)) {
      return new Arrived(true, statement.bytes());
    }
    long here = arrived(name);
    if (offset > here) {
      throw new ProtocolException("the block begins at byte " + offset + ", but only " + here + " bytes are here");
    }
    if ((long) offset + length > statement.bytes()) {
      throw new ProtocolException("the library is longer than its signature says");
    }
    try (StateFile part = files.exists(name + PART) ? files.open(name + PART) : files.create(name + PART);
        InputStream block = input.open()) {
      byte[] piece = new byte[PIECE_BYTES];
      long at = offset;
      for (int count = block.read(piece); count >= 0; count = block.read(piece)) {
        part.write(at, piece, 0, count);
        at += count;
      }
      touch(name);
      return new Arrived(false, part.size());
    }
  }

  /**
   * Checks what has arrived and keeps it.
   *
   * @throws ProtocolException if it is not the jar that was signed, or no library; it is deleted then
   */
  synchronized LibraryStatement keep(Bytes jar) throws IOException {
    String name = name(jar);
    LibraryStatement statement = statement(name);
    if (files.exists(name + JAR)) {
      return statement;
    }
    if (!files.exists(name + PART)) {
      throw new NotHeldException();
    }
    try (StateFile part = files.open(name + PART)) {
      examine(Bytes.EMPTY, statement, new OpenJar(part));
      part.sync();
    } catch (ProtocolException e) {
      delete(name);
      throw e;
    }
    files.rename(name + PART, name + JAR);
    files.syncDirectory();
    return statement;
  }

  /**
   * Opens a jar and checks all of it anew; the caller closes it.
   *
   * @throws NotHeldException if it is not here
   * @throws ProtocolException if it is not to be loaded, or is not what was signed
   */
  @SuppressWarnings("resource") // handed on when it is good
  synchronized VerifiedJar open(Bytes jar) throws IOException {
    String name = name(jar);
    if (!files.exists(name + JAR)) {
      throw new NotHeldException();
    }
    Bytes envelope = envelope(name);
    LibraryStatement statement = admit(envelope);
    var open = new OpenJar(files.open(name + JAR));
    try {
      VerifiedJar verified = examine(envelope, statement, open);
      touch(name);
      return verified;
    } catch (ProtocolException e) {
      open.close();
      delete(name);
      throw e;
    } catch (IOException e) {
      open.close();
      throw e;
    }
  }

  private static VerifiedJar examine(Bytes envelope, LibraryStatement statement, OpenJar jar) throws IOException {
    statement.requireSame(jar);
    LibraryArchive archive = LibraryArchive.open(jar);
    return new VerifiedJar(envelope, statement, statement.requireSame(archive.manifest()), archive, jar);
  }

  /** Deletes a jar, or what there is of it. */
  synchronized boolean drop(Bytes jar) throws IOException {
    String name = name(jar);
    boolean there = files.exists(name + STATEMENT);
    delete(name);
    return there;
  }

  /** What is kept whole. */
  synchronized List<LibraryStatement> held() throws IOException {
    var held = new ArrayList<LibraryStatement>();
    for (String file : files.names()) {
      if (file.endsWith(JAR)) {
        believed(file.substring(0, file.length() - JAR.length())).ifPresent(held::add);
      }
    }
    return held;
  }

  /** What no key that counts has signed any more is not loaded, and makes room when room is needed. */
  private Optional<LibraryStatement> believed(String name) throws IOException {
    try {
      return Optional.of(statement(name));
    } catch (ProtocolException e) {
      return Optional.empty();
    }
  }

  /** Fails closed: without a statement that is believed now, nothing of that name is written or read. */
  private LibraryStatement statement(String name) throws IOException {
    LibraryStatement statement = admit(envelope(name));
    if (!name(statement.sha256()).equals(name)) {
      throw new ProtocolException("the statement kept for this jar is that of another");
    }
    return statement;
  }

  private Bytes envelope(String name) throws IOException {
    if (!files.exists(name + STATEMENT)) {
      throw new ProtocolException("no signature was shown for this library; nothing is taken without");
    }
    try (StateFile file = files.open(name + STATEMENT)) {
      byte[] bytes = new byte[(int) Math.min(file.size(), LibraryStatement.MAX_ENVELOPE_BYTES)];
      file.read(0, bytes, 0, bytes.length);
      return Bytes.of(bytes);
    }
  }

  private long arrived(String name) throws IOException {
    return files.exists(name + PART) ? size(name + PART) : 0;
  }

  private long size(String file) throws IOException {
    try (StateFile open = files.open(file)) {
      return open.size();
    }
  }

  private void makeRoom(String name, long bytes) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    long total = bytes;
    for (String file : files.names()) {
      if ((file.endsWith(JAR) || file.endsWith(PART)) && !file.startsWith(name)) {
        long size = size(file);
        sizes.put(file.substring(0, file.lastIndexOf('.')), size);
        total += size;
      }
    }
    List<String> oldestFirst = new ArrayList<>(sizes.keySet());
    oldestFirst.sort((a, b) -> Long.compare(lastUse.getOrDefault(a, 0L), lastUse.getOrDefault(b, 0L)));
    for (String other : oldestFirst) {
      if (total <= maxBytes) {
        return;
      }
      delete(other);
      total -= sizes.getOrDefault(other, 0L);
    }
    if (total > maxBytes) {
      throw new ProtocolException("this machine keeps at most " + maxBytes + " bytes of libraries");
    }
  }

  private void write(String file, byte[] content) throws IOException {
    try (StateFile fresh = files.create(file)) {
      fresh.write(0, content, 0, content.length);
      fresh.sync();
    }
  }

  private void delete(String name) throws IOException {
    files.delete(name + JAR);
    files.delete(name + PART);
    files.delete(name + STATEMENT);
    files.syncDirectory();
    lastUse.remove(name);
  }

  private void touch(String name) {
    lastUse.put(name, ++uses);
  }

  private static String name(Bytes jar) {
    return jar.hex();
  }
}
