package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.note.Notes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationId;

/**
 * Renames that a lock forbade. Each is a note until long after it was done; the agent's start, which follows that of the machine, does
 * what it can of them.
 */
final class LaterRenames {
  /** How long it is told what became of one. */
  static final Duration TOLD = Duration.ofDays(30);

  private static final String STATE = "state";
  private static final String WAITING = "waiting";

  private final Notes notes;
  private final Mover mover;
  private final InstantSource clock;

  LaterRenames(Notes notes, Mover mover, InstantSource clock) {
    this.notes = notes;
    this.mover = mover;
    this.clock = clock;
  }

  void put(OperationId ordered, Path from, Path to, boolean replace) throws IOException {
    notes.put(UUID.randomUUID().toString(),
        JsonObject.builder().put("ordered", ordered.value()).put("from", from.toUri().toString())
            .put("to", to.toUri().toString()).put("replace", replace).put("at", clock.instant())
            .put(STATE, WAITING).put("reason", "").build());
  }

  /** Does what waits, if it can be done now; forgets what was told for long. Returns in words what is worth a line in the log. */
  List<String> start() throws IOException {
    var told = new ArrayList<String>();
    for (String id : notes.ids()) {
      try {
        JsonObject note = notes.get(id);
        if (note.string(STATE).equals(WAITING)) {
          JsonObject ended = attempt(note);
          notes.put(id, ended);
          told.add("rename of " + note.string("from") + ": " + ended.string(STATE) + " " + ended.string("reason"));
        } else if (note.instant("at").plus(TOLD).isBefore(clock.instant())) {
          notes.remove(id);
        }
      } catch (IOException | ProtocolException e) {
        told.add("a rename that was put off: " + e.getMessage());
      }
    }
    return told;
  }

  private JsonObject attempt(JsonObject note) throws IOException {
    String state = "done";
    String reason = "";
    try {
      mover.move(FilePath.ofChange(note.string("from", Integer.MAX_VALUE)),
          FilePath.ofChange(note.string("to", Integer.MAX_VALUE)), note.bool("replace"));
    } catch (IOException e) {
      state = mover.isLocked(e) ? WAITING : "failed";
      reason = FileEndings.explain(e);
    }
    return JsonObject.builder().put("ordered", note.string("ordered")).put("from", note.get("from"))
        .put("to", note.get("to")).put("replace", note.bool("replace")).put("at", clock.instant())
        .put(STATE, state).put("reason", reason).build();
  }

  /** {@code file.renames}: {@code renames}, each with {@code ordered} (the operation), {@code from to replace at state reason}. */
  Ending list() throws IOException {
    List<Json> renames = new ArrayList<>();
    for (String id : notes.ids()) {
      renames.add(notes.get(id));
    }
    return Ending.found(JsonObject.builder().put("renames", JsonArray.of(renames)).build());
  }
}
