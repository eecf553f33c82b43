package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.sallyport.operation.note.Notes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Where the parts of unfinished transfers lie. Each has a note before it is made, so that none is forgotten when nobody commits or aborts:
 * what has not grown for {@link #KEPT} is deleted at the agent's next start, or when the next transfer begins.
 */
final class PartFiles {
  /** How long a part is kept after its last block. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final String PREFIX = ".sallyport-";
  private static final String SUFFIX = ".part";

  private final Notes notes;
  private final InstantSource clock;

  PartFiles(Notes notes, InstantSource clock) {
    this.notes = notes;
    this.clock = clock;
  }

  /** The part of a transfer; its name does not depend on the target's, which may be as long as a name can be. */
  static Path beside(Path target, String transfer) {
    return FilePath.directoryOf(target).resolve(PREFIX + transfer + SUFFIX);
  }

  void remember(String transfer, Path part) throws IOException {
    sweep();
    notes.put(transfer, JsonObject.builder().put("part", part.toUri().toString()).put("at", clock.instant()).build());
  }

  void forget(String transfer) throws IOException {
    notes.remove(transfer);
  }

  /** Deletes what was left behind, and forgets what is gone. */
  void sweep() throws IOException {
    for (String transfer : notes.ids()) {
      if (isLeft(transfer)) {
        notes.remove(transfer);
      }
    }
  }

  private boolean isLeft(String transfer) throws IOException {
    try {
      JsonObject note = notes.get(transfer);
      Path part = FilePath.of(note.string("part", Integer.MAX_VALUE));
      Instant last = Files.exists(part, LinkOption.NOFOLLOW_LINKS)
          ? Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS).toInstant()
          : note.instant("at");
      if (last.plus(KEPT).isAfter(clock.instant())) {
        return false;
      }
      if (part.endsWith(PREFIX + transfer + SUFFIX) && Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(part);
      }
      return true;
    } catch (NoSuchFileException | ProtocolException | FileTrouble e) {
      // Somebody else was quicker, or the note says nothing: there is nothing to come back for.
      return true;
    }
  }
}
