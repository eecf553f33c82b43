package dev.sallyport.protocol.channel;

import java.util.List;

import dev.sallyport.protocol.PlainText;
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
      case Servers.TYPE -> Servers.fromJson(json);
      case Settled.TYPE -> Settled.fromJson(json);
      case Cancel.TYPE -> Cancel.fromJson(json);
      default -> throw json.refused(ControlFields.TYPE, "expected policy, servers, settled or cancel");
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
   * Further addresses of the server, of which an agent's bundle need not know (K4). An agent tries them before those of its
   * bundle, but never gives those up, nor any on which it has met the server.
   *
   * @param addresses in the order to try, at most {@link #MAX_ADDRESSES}, in the place of those said before; what an agent
   *   cannot dial it passes over
   */
  record Servers(List<String> addresses) implements ServerMessage {
    /** Most addresses. */
    public static final int MAX_ADDRESSES = 8;
    /** Most characters of an address; as many as an agent's report of its way can name. */
    public static final int MAX_ADDRESS_LENGTH = Tried.MAX_TEXT_LENGTH;

    static final String TYPE = "servers";
    private static final String ADDRESSES = "addresses";

    /** Copies and checks. */
    public Servers {
      if (addresses.size() > MAX_ADDRESSES) {
        throw new ProtocolException(
            "addresses: expected at most " + MAX_ADDRESSES + ", found " + addresses.size());
      }
      addresses.forEach(address -> PlainText.requireNonEmpty("address", address, MAX_ADDRESS_LENGTH));
      addresses = List.copyOf(addresses);
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder().put(ControlFields.TYPE, TYPE).putStrings(ADDRESSES, addresses).build();
    }

    private static Servers fromJson(JsonObject json) {
      json.onlyFields(ControlFields.TYPE, ADDRESSES);
      return new Servers(json.strings(ADDRESSES, MAX_ADDRESSES, MAX_ADDRESS_LENGTH));
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
