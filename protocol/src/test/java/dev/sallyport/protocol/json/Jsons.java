package dev.sallyport.protocol.json;

import java.util.LinkedHashSet;
import java.util.List;

import dev.sallyport.protocol.Seeded;

/** Random JSON values. */
public final class Jsons {
  private Jsons() {
  }

  /** A value nested at most so deep. */
  public static Json value(Seeded seeded, int depth) {
    return switch (seeded.below(depth > 0 ? 9 : 7)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonBool.of(seeded.coin());
      case 2 -> new JsonNumber.Whole(seeded.between(Long.MIN_VALUE, Long.MAX_VALUE));
      case 3 -> real(seeded);
      case 4 -> new JsonNumber.Whole(seeded.below(100));
      case 5, 6 -> new JsonString(seeded.text(40));
      case 7 -> JsonArray.of(seeded.list(6, s -> value(s, depth - 1)));
      default -> object(seeded, depth);
    };
  }

  /** An object nested at most so deep; now and then one with so many members that it is indexed. */
  public static JsonObject object(Seeded seeded, int depth) {
    List<String> names = seeded.list(seeded.below(10) == 0 ? 60 : 6, s -> s.text(12));
    JsonObject.Builder json = JsonObject.builder();
    for (String name : new LinkedHashSet<>(names)) {
      json.put(name, value(seeded, depth - 1));
    }
    return json.build();
  }

  private static Json real(Seeded seeded) {
    double value = seeded.anyDouble();
    return Double.isFinite(value) ? new JsonNumber.Real(value) : JsonNull.NULL;
  }
}
