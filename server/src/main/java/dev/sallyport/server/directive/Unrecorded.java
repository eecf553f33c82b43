package dev.sallyport.server.directive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.audit.AuditEvent.Actor;
import dev.sallyport.server.audit.AuditLog;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.DirectiveTable.Signature;
import dev.sallyport.server.store.Store;

/**
 * Compares the end of the audit log with the database before any machine is heard: they are two files, and a crash may leave a directive in
 * one of them. One that is only stored is recorded now, for it will be carried out; one that is only recorded is declared void.
 */
public final class Unrecorded {
  /** A directive is written to both within this time, or given up. */
  static final Duration WINDOW = Duration.ofMinutes(1);
  /** Events that servers tell of themselves at start. */
  private static final String OWN = "server.";
  /** Later than any directive: a log that begins compares nothing. */
  private static final Instant NEVER = JsonObject.MAX_INSTANT;

  private final AuditLog log;
  private final Store store;

  public Unrecorded(AuditLog log, Store store) {
    this.log = log;
    this.store = store;
  }

  /** Does it; to be called once, at start. */
  public void settle() {
    Map<String, Instant> given = new HashMap<>();
    Set<String> voided = new HashSet<>();
    Instant from = read(given, voided);
    List<Signature> stored = store.read(sql -> new DirectiveTable(sql).since(from));
    Set<String> ids = new HashSet<>();
    stored.forEach(signature -> ids.add(signature.id()));
    for (Signature signature : stored) {
      if (!given.containsKey(signature.id())) {
        log.record(AuditEvent.of(GivenEvents.GIVEN)
            .by(new Actor(signature.creatorName(), signature.creator(), "", "")).to(signature.id())
            .result("recovered"));
      }
    }
    given.forEach((id, at) -> {
      if (!at.isBefore(from) && !ids.contains(id) && !voided.contains(id)) {
        log.record(GivenEvents.none(id, "the server ended before it was stored"));
      }
    });
  }

  /** Reads back from the end of the log; answers since when directives are to be compared. */
  private Instant read(Map<String, Instant> given, Set<String> voided) {
    Instant newest = Instant.MIN;
    for (long number = log.size() - 1; number >= 0; number--) {
      AuditLog.Told told = told(number);
      if (newest.equals(Instant.MIN)) {
        if (told.type().startsWith(OWN)) {
          continue; // this start's own words; what counts is when the life before it ended
        }
        newest = told.at();
      }
      if (told.at().isBefore(newest.minus(WINDOW.multipliedBy(2)))) {
        break;
      }
      if (told.type().equals(GivenEvents.GIVEN)) {
        given.put(told.object(), told.at());
      } else if (told.type().equals(GivenEvents.VOID)) {
        voided.add(told.object());
      }
    }
    return newest.equals(Instant.MIN) ? NEVER : newest.minus(WINDOW);
  }

  private AuditLog.Told told(long number) {
    try {
      return log.told(number);
    } catch (IOException e) {
      throw new UncheckedIOException("entry " + number + " of the audit log cannot be read", e);
    }
  }
}
