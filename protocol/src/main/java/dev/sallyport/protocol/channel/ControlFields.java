package dev.sallyport.protocol.channel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationId;

/** The fields that control messages have in common. */
final class ControlFields {
  static final String TYPE = "t";
  static final String IDS = "ids";
  static final int MAX_TYPE_LENGTH = 16;

  /** A message, its operations, one of them, its platforms. */
  static final JsonLimits LIMITS = new JsonLimits(ControlMessage.MAX_BYTES, 4);

  private ControlFields() {
  }

  static JsonObject.Builder put(JsonObject.Builder json, List<OperationId> ids) {
    List<String> values = new ArrayList<>(ids.size());
    for (OperationId id : ids) {
      values.add(id.value());
    }
    return json.putStrings(IDS, values);
  }

  static List<OperationId> ids(JsonObject json) {
    List<OperationId> ids = new ArrayList<>();
    for (String id : json.strings(IDS, ServerMessage.Settled.MAX_IDS, OperationId.MAX_LENGTH)) {
      ids.add(new OperationId(id));
    }
    return ids;
  }

  static List<OperationId> requireIds(List<OperationId> ids) {
    if (ids.size() > ServerMessage.Settled.MAX_IDS) {
      throw new ProtocolException("ids: expected at most " + ServerMessage.Settled.MAX_IDS + ", found " + ids.size());
    }
    return List.copyOf(ids);
  }

  static Instant requireTime(String what, Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(JsonObject.MAX_INSTANT)) {
      throw new ProtocolException(what + ": expected a time from 1970 to 9999");
    }
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
