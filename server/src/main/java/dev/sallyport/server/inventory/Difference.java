package dev.sallyport.server.inventory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.audit.AuditChange;
import org.jspecify.annotations.Nullable;

/** What leads from the items that are stored to all items that an agent told, both in the order of their keys' bytes; each side is held a page at a time. */
final class Difference {
  private final ChangeReader told;
  private final Function<String, List<StoredItem>> page;
  private final Deque<StoredItem> stored = new ArrayDeque<>();
  private byte[] last = new byte[0];
  private boolean storedEnded;
  private String from = "";
  private AuditChange.@Nullable Put waiting;

  /** @param page the stored items after this key, in their order; empty behind the last */
  Difference(ChangeReader told, Function<String, List<StoredItem>> page) {
    this.told = told;
    this.page = page;
  }

  /** The next change, or null behind the last. */
  @Nullable
  AuditChange next() throws IOException {
    while (true) {
      AuditChange.Put put = waiting == null ? read() : waiting;
      waiting = null;
      StoredItem item = peek();
      if (put == null) {
        return item == null ? null : gone();
      }
      int order = item == null ? -1 : Arrays.compareUnsigned(ItemTable.bytes(put.key()), ItemTable.bytes(item.key()));
      if (order > 0) {
        waiting = put;
        return gone();
      }
      if (order < 0) {
        return put;
      }
      boolean same = stored.remove().equals(StoredItem.of(put.item()));
      if (!same) {
        return put;
      }
    }
  }

  private AuditChange gone() {
    return new AuditChange.Gone(stored.remove().key());
  }

  private AuditChange.@Nullable Put read() throws IOException {
    AuditChange change = told.next();
    if (change == null) {
      return null;
    }
    byte[] key = ItemTable.bytes(change.key());
    if (!(change instanceof AuditChange.Put put) || Arrays.compareUnsigned(last, key) >= 0) {
      throw new ProtocolException("audit: expected all items in the order of their keys");
    }
    last = key;
    return put;
  }

  private @Nullable StoredItem peek() {
    if (stored.isEmpty() && !storedEnded) {
      stored.addAll(page.apply(from));
      storedEnded = stored.isEmpty();
      from = storedEnded ? from : stored.getLast().key();
    }
    return stored.peek();
  }
}
