package dev.sallyport.server.inventory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.inventory.ChangeTable.Change;
import dev.sallyport.server.inventory.InventoryViews.ChangeView;
import dev.sallyport.server.inventory.InventoryViews.Changes;
import dev.sallyport.server.inventory.InventoryViews.ItemView;
import dev.sallyport.server.inventory.InventoryViews.Items;
import dev.sallyport.server.inventory.InventoryViews.SectionView;
import dev.sallyport.server.inventory.InventoryViews.Sections;
import dev.sallyport.server.inventory.InventoryViews.Software;
import dev.sallyport.server.inventory.InventoryViews.SoftwareView;
import dev.sallyport.server.inventory.ItemTable.Found;
import dev.sallyport.server.inventory.ItemTable.Position;
import dev.sallyport.server.store.Store;

/** Answers what there is and what changed. Where a page ends is opaque to whoever asks: {@link ProtocolException} if it is not what a page before said. */
final class Inventories {
  /** Rows that one question about software looks at before it answers with what it has found by then. */
  static final int MAX_SCANNED = 10_000;
  private static final int SCAN = 1_000;
  private static final JsonLimits CURSOR = JsonLimits.ofBytes(64 << 10);

  private final Store store;

  Inventories(Store store) {
    this.store = store;
  }

  Sections sections(String machine) {
    return new Sections(store.read(sql -> new SectionTable(sql).all(machine)).stream().map(SectionView::of).toList());
  }

  /** A page of a section. */
  Items items(String machine, String section, String text, String after, int limit) {
    String from = after.isEmpty() ? "" : cursor(after).string("key");
    List<StoredItem> page = store.read(sql -> new ItemTable(sql).page(machine, section, from, text, limit + 1));
    List<StoredItem> shown = page.subList(0, Math.min(limit, page.size()));
    return new Items(shown.stream().map(ItemView::of).toList(), page.size() <= limit
        ? null
        : cursor(JsonObject.builder().put("key", shown.getLast().key()).build()));
  }

  /** A page of changes, newest first. */
  Changes changes(String machine, String section, Instant since, String after, int limit) {
    long before = after.isEmpty() ? Long.MAX_VALUE : cursor(after).integer("number", 0, Long.MAX_VALUE);
    List<Change> page = store.read(sql -> new ChangeTable(sql).page(machine, section, since, before, limit + 1));
    List<Change> shown = page.subList(0, Math.min(limit, page.size()));
    return new Changes(shown.stream().map(ChangeView::of).toList(), page.size() <= limit
        ? null
        : cursor(JsonObject.builder().put("number", shown.getLast().number()).build()));
  }

  /**
   * Software of such a name on all machines.
   *
   * @param name with wildcards
   * @param below only versions older than this; empty for all
   * @param sight only on machines that it sees
   */
  Software software(String name, String below, Sight sight, String after, int limit) {
    Position position = after.isEmpty() ? Position.START : position(cursor(after));
    var found = new ArrayList<SoftwareView>();
    for (int scanned = 0; scanned < MAX_SCANNED; scanned += SCAN) {
      Position from = position;
      List<Found> page = store.read(sql -> new ItemTable(sql).software(name, from, SCAN));
      for (Found each : page) {
        if (found.size() == limit) {
          return new Software(found, cursor(position));
        }
        if (isBelow(each, below) && sight.sees(each.machine())) {
          found.add(SoftwareView.of(each));
        }
        position = Position.of(each);
      }
      if (page.size() < SCAN) {
        return new Software(found, null);
      }
    }
    return new Software(found, cursor(position));
  }

  private static boolean isBelow(Found found, String below) {
    JsonObject fields = StoredItem.parse(found.item().fields());
    return below.isEmpty() || (fields.has("version") && DebianVersion.compare(fields.string("version"), below) < 0);
  }

  private static Position position(JsonObject cursor) {
    return new Position(cursor.string("name"), cursor.string("machine"), cursor.string("key"));
  }

  private static String cursor(Position position) {
    return cursor(JsonObject.builder().put("name", position.nameKey()).put("machine", position.machine())
        .put("key", position.key()).build());
  }

  private static String cursor(JsonObject position) {
    return Base64Url.encode(position.bytes());
  }

  private static JsonObject cursor(String text) {
    String json = new String(Base64Url.decode(text), StandardCharsets.UTF_8);
    return Json.parseObject(json.getBytes(StandardCharsets.UTF_8), CURSOR);
  }
}
