package dev.sallyport.operation.event;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.EventOperation;
import dev.sallyport.protocol.operation.Outcome;

/** One place where a machine keeps events. */
interface EventLog {
  /** Most bytes of events in one answer, below what a result may have. */
  int MAX_ANSWER_BYTES = 200 << 10;

  /** Reads; {@link Outcome#UNSUPPORTED} if this machine does not keep its events there. */
  Ending read(EventOperation.Read read, OperationContext context);

  /** The answer: {@code log} (where it comes from), {@code events}, and {@code more} if there may be further ones. */
  static Ending answer(String log, List<Event> newestFirst, boolean more, EventOperation.Read read) {
    List<Json> events = new ArrayList<>();
    int bytes = 0;
    boolean cut = more;
    for (Event event : newestFirst) {
      JsonObject json = event.toJson();
      bytes += json.bytes().length + 1;
      if (events.size() == read.limit() || bytes > MAX_ANSWER_BYTES) {
        cut = true;
        break;
      }
      events.add(json);
    }
    return Ending.found(
        JsonObject.builder().put("log", log).put("events", JsonArray.of(events)).put("more", cut).build());
  }
}
