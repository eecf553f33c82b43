package dev.sallyport.server.directive.dispatch;

import java.util.Map;

import dev.sallyport.server.directive.record.SecretTable;
import dev.sallyport.server.store.SealedColumn;
import org.jspecify.annotations.Nullable;

/** The secrets of one directive, read when the first is needed and opened one at a time. Belongs to the thread of one run. */
public final class SealedSecrets {
  private static final String COLUMN = "directive_secret.";

  private final Workshop workshop;
  private final String directive;
  private @Nullable Map<String, byte[]> sealed;

  SealedSecrets(Workshop workshop, String directive) {
    this.workshop = workshop;
    this.directive = directive;
  }

  /** The place to which a secret is sealed. */
  public static SealedColumn place(String directive, String name) {
    return new SealedColumn(directive, 0, COLUMN + name);
  }

  /** The secret, which the caller wipes. */
  byte[] open(String name) {
    if (sealed == null) {
      sealed = workshop.store().read(sql -> new SecretTable(sql).of(directive));
    }
    byte[] found = sealed.get(name);
    if (found == null) {
      throw new IllegalStateException("the directive has no secret " + name);
    }
    return workshop.vault().open(found, place(directive, name));
  }
}
