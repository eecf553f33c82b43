package dev.sallyport.server.schedule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.directive.Order;
import dev.sallyport.server.time.Window;

/**
 * What somebody wants to happen, and when.
 *
 * @param name how it is called, unique whatever its case
 * @param jitter each firing is put off by a time up to this, so that not everything happens at once
 * @param missed what becomes of times at which the server did not run
 * @param enabled whether it happens at all
 * @param order what is given each time, as {@link Order#fromJson} reads it
 */
public record Terms(String name, Cron cron, ZoneId zone, Duration jitter, Missed missed, boolean enabled,
    JsonObject order) {
  /** The longest a firing may be put off. */
  public static final Duration MAX_JITTER = Duration.ofHours(12);
  /** Most characters of a name. */
  public static final int MAX_NAME_LENGTH = 100;

  private static final List<String> FIELDS = List.of("name", "cron", "timeZone", "jitterSeconds", "missed", "enabled",
      "order");
  private static final int MAX_WORD_LENGTH = 16;

  /**
   * Reads terms; the order itself is not looked at. {@code jitterSeconds} is 0, {@code missed} is {@code skip} and {@code enabled} is true if left out.
   *
   * @throws ProtocolException naming the field at fault
   */
  static Terms fromJson(JsonObject json) {
    json.onlyFields(FIELDS.toArray(String[]::new));
    String name = PlainText.clean(json.string("name", MAX_NAME_LENGTH), MAX_NAME_LENGTH).strip();
    if (name.isEmpty()) {
      throw json.refused("name", "expected a name that is not empty");
    }
    return new Terms(name, cron(json), Window.zone(json),
        Duration.ofSeconds(json.integer("jitterSeconds", 0, MAX_JITTER.toSeconds(), 0)),
        Missed.ofWord(json, json.string("missed", Missed.SKIP.word(), MAX_WORD_LENGTH)), json.bool("enabled", true),
        json.object("order"));
  }

  /** The field {@code cron}. */
  static Cron cron(JsonObject json) {
    try {
      return Cron.parse(json.string("cron", Cron.MAX_LENGTH));
    } catch (ProtocolException e) {
      String why = String.valueOf(e.getMessage());
      throw why.startsWith("expected") ? json.refused("cron", why) : e;
    }
  }

  /** These terms, with those that are given in place of the present ones. */
  Terms changed(JsonObject given) {
    given.onlyFields(FIELDS.toArray(String[]::new));
    JsonObject present = toJson();
    var merged = JsonObject.builder();
    FIELDS.forEach(field -> merged.put(field, given.has(field) ? given.get(field) : present.get(field)));
    return fromJson(merged.build());
  }

  /** As it is stored. */
  JsonObject toJson() {
    return JsonObject.builder().put("name", name).put("cron", cron.text()).put("timeZone", zone.getId())
        .put("jitterSeconds", jitter.toSeconds()).put("missed", missed.word()).put("enabled", enabled)
        .put("order", order).build();
  }

  /** The next time after this one. */
  Optional<Instant> next(Instant after) {
    return cron.next(after, zone);
  }

  /** When what belongs to a time is due: put off by as much as the schedule and the time say, the same whenever it is asked. */
  Instant due(String schedule, Instant time) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256")
          .digest((schedule + ' ' + time).getBytes(StandardCharsets.US_ASCII));
      return time.plusMillis(Math.floorMod(ByteBuffer.wrap(hash).getLong(), jitter.toMillis() + 1));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
