package dev.sallyport.server.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import dev.sallyport.server.store.Database;
import dev.sallyport.server.store.DatabaseLoad;
import dev.sallyport.server.store.StoreUnavailableException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a backup back into an empty place. Everything is gathered beside it first and counts only when the last byte of the backup has proven to
 * be there; what breaks off before leaves the place as it was, but for a directory that is named.
 */
public final class Restore implements AutoCloseable {
  /** In the data directory while a restore goes on; a server does not start beside it. */
  public static final String UNFINISHED = "restore.unfinished";

  private static final String DATABASE_FILE = "sallyport.db";
  /** The only file that may be in the data directory before: it says which database to use. */
  private static final String SETTINGS = "sallyport.properties";
  private static final int MAX_MANIFEST_BYTES = 4096;
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY = PosixFilePermissions
      .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE = PosixFilePermissions
      .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final ServerPlace place;
  private final Path staging;
  private final Tally tally;
  private @Nullable DatabaseLoad load;
  private String table = "";

  private Restore(ServerPlace place, Path staging, Progress progress) {
    this.place = place;
    this.staging = staging;
    this.tally = new Tally(progress);
  }

  /**
   * Puts a backup back.
   *
   * @param in decrypts and authenticates, its end too
   * @throws BackupException if the place is not empty, or the backup is not one or not whole
   */
  public static Contents read(InputStream in, ServerPlace place, Progress progress)
      throws BackupException, IOException {
    requireEmpty(place);
    Path staging = Files.createDirectory(place.data().resolve(UNFINISHED), PRIVATE_DIRECTORY);
    try (var restore = new Restore(place, staging, progress)) {
      restore.take(in);
      restore.putInPlace();
      return restore.tally.contents();
    } catch (StoreUnavailableException e) {
      throw new BackupException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireEmpty(ServerPlace place) throws BackupException, IOException {
    for (Path directory : List.of(place.data(), place.keys())) {
      Files.createDirectories(directory, PRIVATE_DIRECTORY);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      try (Stream<Path> there = Files.list(directory)) {
        for (Path entry : (Iterable<Path>) there::iterator) {
          if (!entry.equals(place.keys()) && !entry.equals(place.data().resolve(SETTINGS))) {
            throw new BackupException("A backup is put back into an empty place, but there is " + entry
                + ". Move it away, or give another directory with --data=…");
          }
        }
      }
    }
  }

  private void take(InputStream in) throws BackupException, IOException {
    var tar = new TarArchiveInputStream(new GZIPInputStream(in), "UTF-8");
    TarArchiveEntry first = tar.getNextEntry();
    if (first == null || !first.getName().equals(Manifest.NAME) || first.getSize() > MAX_MANIFEST_BYTES) {
      throw new BackupException("This is not a backup of a Sallyport server.");
    }
    Manifest manifest = Manifest.decode(tar.readNBytes(MAX_MANIFEST_BYTES));
    load = DatabaseLoad.open(target(), manifest.schema());
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName();
      if (!entry.isFile()) {
        throw new BackupException("The backup is damaged: it holds " + name + ", which is no file.");
      }
      if (name.startsWith(Backup.DATABASE)) {
        rows(name.split("/", -1)[1], tar);
      } else if (name.startsWith(Backup.DATA) || name.startsWith(Backup.KEYS)) {
        file(name, tar);
      } else {
        throw new BackupException("The backup is damaged: nothing is known of '" + name + "'.");
      }
    }
    in.transferTo(OutputStream.nullOutputStream()); // the end of the file is what proves that it is whole
  }

  /** SQLite's file is made beside its place, PostgreSQL's tables in one transaction. */
  private Database target() {
    return switch (place.database()) {
      case Database.Sqlite _ -> new Database.Sqlite(staging.resolve(DATABASE_FILE));
      case Database.Postgres postgres -> postgres;
    };
  }

  private DatabaseLoad load() {
    DatabaseLoad open = load;
    if (open == null) {
      throw new IllegalStateException("rows before the manifest");
    }
    return open;
  }

  private void rows(String name, InputStream part) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(part, StandardCharsets.UTF_8));
    List<String> columns = RowText.decode(String.valueOf(lines.readLine())).stream().map(String::valueOf).toList();
    if (!name.equals(table)) {
      table = name;
      load().table(name, columns);
    }
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      load().row(RowText.decode(line));
      tally.row();
    }
  }

  private void file(String name, InputStream in) throws BackupException, IOException {
    Path target = staging.resolve(name).normalize();
    if (!target.startsWith(staging) || !target.equals(staging.resolve(name))) {
      throw new BackupException("The backup is damaged: '" + name + "' leads out of it.");
    }
    Files.createDirectories(target.getParent(), PRIVATE_DIRECTORY);
    Files.createFile(target, PRIVATE_FILE);
    try (FileChannel out = FileChannel.open(target, StandardOpenOption.WRITE)) {
      long bytes = in.transferTo(Channels.newOutputStream(out));
      out.force(true);
      tally.bytes(bytes);
    }
    tally.file();
  }

  /** Keys first, the database last: a server that finds no database here would begin a new life with old keys. */
  private void putInPlace() throws IOException {
    load().commit();
    moveAll(staging.resolve("keys"), place.keys());
    moveAll(staging.resolve("data"), place.data());
    if (place.database() instanceof Database.Sqlite(Path file)) {
      load().close();
      load = null;
      Files.move(staging.resolve(DATABASE_FILE), file);
    }
    sync(place.keys());
    sync(place.data());
  }

  private static void moveAll(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Path target = to.resolve(from.relativize(entry));
        if (!Files.exists(target)) { // settings that were given for this place count
          Files.move(entry, target);
        }
      }
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes what was gathered. */
  @Override
  public void close() throws IOException {
    DatabaseLoad open = load;
    if (open != null) {
      open.close();
    }
    Files.walkFileTree(staging, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        if (failure != null) {
          throw failure;
        }
        Files.delete(folder);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
