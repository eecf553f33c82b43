package dev.sallyport.server.directive.dispatch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.directive.record.NoteTable;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.store.Store;

/**
 * What one run's action has looked at and decided by. A note is on the disk before the action sees it, so that whatever it orders next is what
 * it orders when it is run again. Belongs to the run's thread.
 */
final class Notes {
  private final Store store;
  private final RunKey run;
  private final Map<Integer, JsonObject> known;

  Notes(Store store, RunKey run, Map<Integer, JsonObject> known) {
    this.store = store;
    this.run = run;
    this.known = new HashMap<>(known);
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  Optional<JsonObject> find(int step) {
    return Optional.ofNullable(known.get(step));
  }

  void add(int step, JsonObject answer) {
    store.write(sql -> {
      new NoteTable(sql).insert(run, step, answer);
      return null;
    });
    known.put(step, answer);
  }
}
