package dev.sallyport.server.inventory;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.server.inventory.ChangeTable.Change;
import dev.sallyport.server.inventory.ItemTable.Found;
import org.jspecify.annotations.Nullable;

/** The inventory as the API shows it. */
final class InventoryViews {
  private static final int MAX_PATTERNS = 32;

  private InventoryViews() {
  }

  /** All sections of a machine. */
  record Sections(List<SectionView> sections) {}

  /**
   * @param audited null while the first audit is being taken in
   * @param patterns of files
   * @param cut whether the machine has more
   */
  record SectionView(String section, long items, @Nullable Instant audited, List<String> patterns, boolean cut,
      List<String> unsupported) {
    static SectionView of(SectionState state) {
      List<String> patterns = !state.scope().isEmpty() && Json.parse(state.scope()) instanceof JsonArray array
          ? array.strings(MAX_PATTERNS, JsonObject.DEFAULT_MAX_LENGTH)
          : List.of();
      return new SectionView(state.section(), state.items(), state.audited().orElse(null), patterns, state.cut(),
          state.unsupported());
    }
  }

  /** @param next what to ask with for the page after this; null at the end */
  record Items(List<ItemView> items, @Nullable String next) {}

  record ItemView(String key, Map<String, Object> fields) {
    static ItemView of(StoredItem item) {
      return new ItemView(item.key(), values(item.fields()));
    }
  }

  /** @param next what to ask with for the page after this; null at the end */
  record Changes(List<ChangeView> changes, @Nullable String next) {}

  /**
   * @param before null if it was not there
   * @param after null if it is gone
   */
  record ChangeView(Instant at, String section, String key, @Nullable Map<String, Object> before,
      @Nullable Map<String, Object> after) {
    static ChangeView of(Change change) {
      return new ChangeView(change.at(), change.section(), change.key(),
          change.before() == null ? null : values(change.before()),
          change.after() == null ? null : values(change.after()));
    }
  }

  /** @param next what to ask with for the page after this; null at the end */
  record Software(List<SoftwareView> software, @Nullable String next) {}

  /** @param machine its id */
  record SoftwareView(String machine, String machineName, String key, Map<String, Object> fields) {
    static SoftwareView of(Found found) {
      return new SoftwareView(found.machine(), found.name(), found.item().key(), values(found.item().fields()));
    }
  }

  private static Map<String, Object> values(String fields) {
    JsonObject json = StoredItem.parse(fields);
    var values = new LinkedHashMap<String, Object>();
    for (String name : json.names()) {
      switch (json.get(name)) {
        case JsonString(String text) -> values.put(name, text);
        case JsonNumber.Whole(long number) -> values.put(name, number);
        case JsonBool bool -> values.put(name, bool.value());
        case Json other -> throw new IllegalStateException("an item with " + other);
      }
    }
    return values;
  }
}
