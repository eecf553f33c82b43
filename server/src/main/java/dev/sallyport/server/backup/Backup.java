package dev.sallyport.server.backup;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import dev.sallyport.server.store.DatabaseDump;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.store.TableReader;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes all that a server has into one stream, a compressed tar: the manifest, the rows of the database as they were at one moment, then files
 * and keys. The server may run meanwhile: what files name other files of the data directory are rows, and files are only ever added, replaced in
 * one step or deleted.
 */
public final class Backup implements TableReader {
  static final String DATABASE = "database/";
  static final String DATA = "data/";
  static final String KEYS = "keys/";

  /** Rows are gathered into entries of about this size, since a tar names each entry's size before the entry. */
  private static final int PART_BYTES = 4 << 20;
  private static final int COPY_BYTES = 1 << 16;
  private static final int FILE_MODE = 0600;

  private final TarArchiveOutputStream tar;
  private final Tally tally;
  private final Instant created;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private String table = "";
  private String head = "";
  private int parts;

  private Backup(TarArchiveOutputStream tar, Instant created, Progress progress) {
    this.tar = tar;
    this.created = created;
    this.tally = new Tally(progress);
  }

  /**
   * Writes a backup.
   *
   * @param out encrypts, and is left open
   * @param server this server's version
   * @throws BackupException if the server's place cannot be read
   */
  public static Contents write(ServerPlace place, OutputStream out, String server, Instant now, Progress progress)
      throws BackupException, IOException {
    var zip = new GZIPOutputStream(out, COPY_BYTES);
    var tar = new TarArchiveOutputStream(zip, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    var backup = new Backup(tar, now, progress);
    try (DatabaseDump dump = DatabaseDump.open(place.database())) {
      backup.entry(Manifest.NAME, new Manifest(server, dump.schema(), now).encode());
      dump.read(backup);
      backup.endTable();
    } catch (StoreUnavailableException e) {
      throw new BackupException(String.valueOf(e.getMessage()), e);
    }
    backup.files(KEYS, place.keys(), Set.of());
    backup.files(DATA, place.data(), Set.of(place.keys()));
    tar.finish();
    zip.finish();
    return backup.tally.contents();
  }

  @Override
  public void table(String name, List<String> columns) throws IOException {
    endTable();
    table = name;
    head = RowText.encode(columns);
    parts = 0;
  }

  @Override
  public void row(List<@Nullable Object> values) throws IOException {
    if (part.size() == 0) {
      line(head);
    }
    line(RowText.encode(values));
    tally.row();
    if (part.size() >= PART_BYTES) {
      endPart();
    }
  }

  private void line(String text) {
    part.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    part.write('\n');
  }

  private void endTable() throws IOException {
    if (part.size() > 0) {
      endPart();
    }
  }

  private void endPart() throws IOException {
    entry(DATABASE + table + "/" + String.format("%06d", ++parts) + ".jsonl", part.toByteArray());
    part.reset();
  }

  private void files(String under, Path directory, Set<Path> leftOut) throws IOException {
    for (Path file : DataFiles.in(directory, leftOut)) {
      Optional<InputStream> opened = open(directory.resolve(file));
      if (opened.isPresent()) {
        try (InputStream in = opened.get()) {
          copy(under + file.toString().replace(File.separatorChar, '/'), in, Files.size(directory.resolve(file)));
          tally.file();
        }
      }
    }
  }

  /** Empty if it was deleted since the directory was read: whoever deletes a file has forgotten its row before. */
  private static Optional<InputStream> open(Path file) throws IOException {
    try {
      return Optional.of(Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** A file that grows is taken as long as it was; one that shrinks breaks the backup off. */
  private void copy(String name, InputStream in, long size) throws IOException {
    begin(name, size);
    byte[] buffer = new byte[COPY_BYTES];
    long left = size;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException(name + " became shorter while it was read; try again");
      }
      tar.write(buffer, 0, count);
      tally.bytes(count);
      left -= count;
    }
    tar.closeArchiveEntry();
  }

  private void entry(String name, byte[] bytes) throws IOException {
    begin(name, bytes.length);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private void begin(String name, long size) throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(FILE_MODE);
    entry.setModTime(created.toEpochMilli());
    tar.putArchiveEntry(entry);
  }
}
