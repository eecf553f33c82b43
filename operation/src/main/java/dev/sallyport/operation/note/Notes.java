package dev.sallyport.operation.note;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Notes of one kind, each a small JSON file of its own that is named by a UUID; durable as soon as they are put. For several threads as
 * long as no two put the same note.
 */
public final class Notes {
  /** Most notes of a kind; beyond it no further one is taken. */
  public static final int MAX_NOTES = 1000;

  /** Far more than two paths and a few words. */
  private static final int MAX_BYTES = 512 << 10;

  private static final JsonLimits LIMITS = JsonLimits.ofBytes(MAX_BYTES);

  private final Path directory;

  /**
   * @param directory made when the first note is put; its parent is the agent's alone
   */
  public Notes(Path directory) {
    this.directory = directory;
  }

  /**
   * Puts a note, in the place of an older one of that id.
   *
   * @throws IOException also when there are {@link #MAX_NOTES} already
   */
  public void put(String id, JsonObject note) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, Durably.ownerOnly("rwx------"));
    }
    if (!Files.exists(file(id)) && ids().size() >= MAX_NOTES) {
      throw new IOException("the agent remembers " + MAX_NOTES + " things of this kind already");
    }
    Durably.write(file(id), note.bytes());
  }

  /** Removes a note, if it is there; that it is gone is not durable at once. */
  public void remove(String id) throws IOException {
    Files.deleteIfExists(file(id));
  }

  /** The ids of all notes, in no particular order. */
  public List<String> ids() throws IOException {
    var ids = new ArrayList<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.length() == Uuids.LENGTH && Uuids.startsWithUuid(name)) {
          ids.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      // No note was ever put.
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return ids;
  }

  /**
   * Reads a note.
   *
   * @throws IOException if it is not there or is no note
   */
  public JsonObject get(String id) throws IOException {
    if (Files.size(file(id)) > MAX_BYTES) {
      throw new IOException("the note " + id + " is damaged");
    }
    try {
      return Json.parseObject(Files.readAllBytes(file(id)), LIMITS);
    } catch (ProtocolException e) {
      throw new IOException("the note " + id + " is damaged: " + e.getMessage(), e);
    }
  }

  private Path file(String id) {
    return directory.resolve(Uuids.require("note", id));
  }
}
