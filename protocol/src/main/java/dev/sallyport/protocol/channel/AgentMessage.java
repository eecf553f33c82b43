package dev.sallyport.protocol.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.OperationId;

/** What an agent may say on the control stream; nothing else is read by a server. */
public sealed interface AgentMessage extends ControlMessage {

  /**
   * Reads a message from an agent.
   *
   * @throws ProtocolException if it is none
   */
  static AgentMessage decode(byte[] bytes) {
    JsonObject json = Json.parseObject(bytes, ControlFields.LIMITS);
    return switch (json.string(ControlFields.TYPE, ControlFields.MAX_TYPE_LENGTH)) {
      case Describe.TYPE -> Describe.fromJson(json);
      case Held.TYPE -> Held.fromJson(json);
      case Clock.TYPE -> Clock.fromJson(json);
      case Way.TYPE -> Way.fromJson(json);
      default -> throw json.refused(ControlFields.TYPE, "expected describe, held, clock or way");
    };
  }

  /**
   * The first message: what and where the agent is, and what it can do. All of it is plain text of the agent's own making.
   *
   * @param version of the agent
   * @param hostname as the machine calls itself
   * @param os name and version of the operating system
   * @param kernel its kernel's version, may be empty
   * @param arch processor architecture
   * @param bootId changes when the machine starts anew, may be empty
   * @param clock the agent's clock, in whole milliseconds
   * @param operations what it can do, at most {@link #MAX_OPERATIONS}
   */
  record Describe(String version, String hostname, String os, String kernel, String arch, String bootId, Instant clock,
      List<OperationDescription> operations) implements AgentMessage {
    /** Most characters of each text. */
    public static final int MAX_TEXT_LENGTH = 255;

    /** Most operations. */
    public static final int MAX_OPERATIONS = 128;

    static final String TYPE = "describe";

    /** Copies and checks. */
    public Describe {
      PlainText.requireNonEmpty("version", version, MAX_TEXT_LENGTH);
      PlainText.requireNonEmpty("hostname", hostname, MAX_TEXT_LENGTH);
      PlainText.requireNonEmpty("os", os, MAX_TEXT_LENGTH);
      PlainText.require("kernel", kernel, MAX_TEXT_LENGTH);
      PlainText.requireNonEmpty("arch", arch, MAX_TEXT_LENGTH);
      PlainText.require("bootId", bootId, MAX_TEXT_LENGTH);
      clock = ControlFields.requireTime("clockMs", clock);
      if (operations.size() > MAX_OPERATIONS) {
        throw new ProtocolException("operations: expected at most " + MAX_OPERATIONS + ", found " + operations.size());
      }
      operations = List.copyOf(operations);
    }

    @Override
    public JsonObject toJson() {
      List<Json> described = new ArrayList<>();
      for (OperationDescription operation : operations) {
        described.add(operation.toJson());
      }
      return JsonObject.builder().put(ControlFields.TYPE, TYPE).put("version", version).put("hostname", hostname)
          .put("os", os).put("kernel", kernel).put("arch", arch).put("bootId", bootId).put("clockMs", clock)
          .put("operations", JsonArray.of(described)).build();
    }

    private static Describe fromJson(JsonObject json) {
      json.onlyFields(ControlFields.TYPE, "version", "hostname", "os", "kernel", "arch", "bootId", "clockMs",
          "operations");
      List<OperationDescription> operations = new ArrayList<>();
      for (JsonObject operation : json.objects("operations", MAX_OPERATIONS)) {
        operations.add(OperationDescription.fromJson(operation));
      }
      return new Describe(json.string("version", MAX_TEXT_LENGTH), json.string("hostname", MAX_TEXT_LENGTH),
          json.string("os", MAX_TEXT_LENGTH), json.string("kernel", MAX_TEXT_LENGTH),
          json.string("arch", MAX_TEXT_LENGTH), json.string("bootId", MAX_TEXT_LENGTH), json.instant("clockMs"),
          operations);
    }
  }

  /**
   * Operations whose results the agent still stores.
   *
   * @param ids at most {@link ServerMessage.Settled#MAX_IDS}
   * @param more whether another message of this kind follows
   */
  record Held(List<OperationId> ids, boolean more) implements AgentMessage {
    static final String TYPE = "held";

    /** Copies and checks. */
    public Held {
      ids = ControlFields.requireIds(ids);
    }

    @Override
    public JsonObject toJson() {
      return ControlFields.put(JsonObject.builder().put(ControlFields.TYPE, TYPE), ids).put("more", more).build();
    }

    private static Held fromJson(JsonObject json) {
      json.onlyFields(ControlFields.TYPE, ControlFields.IDS, "more");
      return new Held(ControlFields.ids(json), json.bool("more"));
    }
  }

  /**
   * The agent's clock has jumped.
   *
   * @param clock what it shows now, in whole milliseconds
   */
  record Clock(Instant clock) implements AgentMessage {
    static final String TYPE = "clock";

    /** Checks, and cuts the time to the milliseconds that travel. */
    public Clock {
      clock = ControlFields.requireTime("clockMs", clock);
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder().put(ControlFields.TYPE, TYPE).put("clockMs", clock).build();
    }

    private static Clock fromJson(JsonObject json) {
      json.onlyFields(ControlFields.TYPE, "clockMs");
      return new Clock(json.instant("clockMs"));
    }
  }

  /**
   * How the agent found its way to this session: all that it tried for it, in order, the last of them being this session's (K4).
   *
   * @param tried at most {@link #MAX_TRIED}
   */
  record Way(List<Tried> tried) implements AgentMessage {
    /** Most attempts that are told of. */
    public static final int MAX_TRIED = 16;

    static final String TYPE = "way";

    /** Copies and checks. */
    public Way {
      if (tried.size() > MAX_TRIED) {
        throw new ProtocolException("tried: expected at most " + MAX_TRIED + ", found " + tried.size());
      }
      tried = List.copyOf(tried);
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder().put(ControlFields.TYPE, TYPE)
          .put("tried", JsonArray.of(tried.stream().<Json>map(Tried::toJson).toList())).build();
    }

    private static Way fromJson(JsonObject json) {
      json.onlyFields(ControlFields.TYPE, "tried");
      return new Way(json.objects("tried", MAX_TRIED).stream().map(Tried::fromJson).toList());
    }
  }
}
