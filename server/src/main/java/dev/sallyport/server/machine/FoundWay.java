package dev.sallyport.server.machine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * How a machine found its way to its last link: all it tried, and why each way but the last failed (K4).
 *
 * @param at when it told
 * @param tried a stranger's words, in the order of the attempts
 */
record FoundWay(Instant at, List<Tried> tried) {
  private static final JsonLimits LIMITS = new JsonLimits(128 << 10, 4);

  /** A machine that has told nothing. */
  static final FoundWay UNTOLD = new FoundWay(Instant.EPOCH, List.of());

  /** As it stands in the database. */
  String text() {
    return new String(
        JsonObject.builder().put("at", at).put("tried", JsonArray.of(tried.stream().<Json>map(Tried::toJson).toList()))
            .build().bytes(),
        StandardCharsets.UTF_8);
  }

  static FoundWay of(String text) {
    if (text.isEmpty()) {
      return UNTOLD;
    }
    JsonObject json = Json.parseObject(text.getBytes(StandardCharsets.UTF_8), LIMITS);
    return new FoundWay(json.instant("at"),
        json.objects("tried", AgentMessage.Way.MAX_TRIED).stream().map(Tried::fromJson).toList());
  }
}
