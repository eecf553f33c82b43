package dev.sallyport.protocol.channel;

import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationId;

/** What a server may say on the control stream; nothing else is read by an agent. */
public sealed interface ServerMessage extends ControlMessage {

  /**
   * Reads a message from a server.
   *
   * @throws ProtocolException if it is none
   */
  static ServerMessage decode(byte[] bytes) {
    JsonObject json = Json.parseObject(bytes, ControlFields.LIMITS);
    return switch (json.string(ControlFields.TYPE, ControlFields.MAX_TYPE_LENGTH)) {
      case Policy.TYPE -> Policy.fromJson(json);
      case Settled.TYPE -> Settled.fromJson(json);
      case Cancel.TYPE -> Cancel.fromJson(json);
      default -> throw json.refused(ControlFields.TYPE, "expected policy, settled or cancel");
    };
  }

  /**
   * How to keep in touch from now on.
   *
   * @param policy replaces the one before
   */
  record Policy(AgentPolicy policy) implements ServerMessage {
    static final String TYPE = "policy";

    @Override
    public JsonObject toJson() {
      return policy.putInto(JsonObject.builder().put(ControlFields.TYPE, TYPE)).build();
    }

    private static Policy fromJson(JsonObject json) {
      json.onlyFields(ControlFields.TYPE, "checkInSeconds", "firstRetryMs", "lastRetryMs", "transports");
      return new Policy(AgentPolicy.takeFrom(json));
    }
  }

  /**
   * Operations whose results the server has stored, or that it does not know: the agent forgets their output and keeps a
   * tombstone, so that the id is never run again.
   *
   * @param ids at most {@link #MAX_IDS}
   */
  record Settled(List<OperationId> ids) implements ServerMessage {
    /** Most ids in one message. */
    public static final int MAX_IDS = 500;

    static final String TYPE = "settled";

    /** Copies and checks. */
    public Settled {
      ids = ControlFields.requireIds(ids);
    }

    @Override
    public JsonObject toJson() {
      return ControlFields.put(JsonObject.builder().put(ControlFields.TYPE, TYPE), ids).build();
    }

    private static Settled fromJson(JsonObject json) {
      json.onlyFields(ControlFields.TYPE, ControlFields.IDS);
      return new Settled(ControlFields.ids(json));
    }
  }

  /**
   * Stop this operation, whether it runs or waits.
   *
   * @param id of the operation; one that is not there is no mistake
   */
  record Cancel(OperationId id) implements ServerMessage {
    static final String TYPE = "cancel";

    @Override
    public JsonObject toJson() {
      return JsonObject.builder().put(ControlFields.TYPE, TYPE).put("id", id.value()).build();
    }

    private static Cancel fromJson(JsonObject json) {
      json.onlyFields(ControlFields.TYPE, "id");
      return new Cancel(new OperationId(json.string("id", OperationId.MAX_LENGTH)));
    }
  }
}
