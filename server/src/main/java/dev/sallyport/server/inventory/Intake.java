package dev.sallyport.server.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.audit.AuditChange;
import dev.sallyport.protocol.audit.AuditItem;
import dev.sallyport.protocol.audit.SectionDigest;
import dev.sallyport.server.inventory.ChangeTable.Change;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes changes into a section, within one transaction: items, their history, and the section's digest, which then is that of its items again.
 * What is told of a section for the first time is its beginning, and no change.
 */
final class Intake {
  private final SectionTable sections;
  private final ItemTable items;
  private final ChangeTable history;
  private final String machine;

  Intake(JdbcClient sql, String machine) {
    this.sections = new SectionTable(sql);
    this.items = new ItemTable(sql);
    this.history = new ChangeTable(sql);
    this.machine = machine;
  }

  /**
   * Takes changes in; those that change nothing leave no trace.
   *
   * @throws ProtocolException if the section would have more items than it may
   */
  SectionState take(String section, String scope, List<AuditChange> changes, Instant now) {
    SectionState before = sections.find(machine, section).orElseGet(() -> SectionState.none(section, scope));
    var digest = SectionDigest.ofText(before.digest());
    long count = before.items();
    long number = history.newest(machine);
    for (AuditChange change : changes) {
      Optional<StoredItem> known = items.find(machine, section, change.key());
      Optional<AuditItem> item = change instanceof AuditChange.Put put ? Optional.of(put.item()) : Optional.empty();
      Optional<StoredItem> wanted = item.map(StoredItem::of);
      if (wanted.equals(known)) {
        continue;
      }
      known.ifPresent(stored -> digest.toggle(stored.item().digest()));
      item.ifPresentOrElse(put -> {
        items.put(machine, section, put);
        digest.toggle(put.digest());
      }, () -> items.remove(machine, section, change.key()));
      count += (wanted.isPresent() ? 1 : 0) - (known.isPresent() ? 1 : 0);
      if (before.audited().isPresent()) {
        history.insert(machine, new Change(++number, now, section, change.key(),
            known.map(StoredItem::fields).orElse(null), wanted.map(StoredItem::fields).orElse(null)));
      }
    }
    if (count > AuditItem.MAX_ITEMS) {
      throw new ProtocolException("audit: more than " + AuditItem.MAX_ITEMS + " items in the section " + section);
    }
    var after = new SectionState(section, scope, digest.text(), count, before.audited(), before.cut(),
        before.unsupported());
    sections.put(machine, after);
    return after;
  }
}
