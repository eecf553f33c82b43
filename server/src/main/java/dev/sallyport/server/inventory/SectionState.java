package dev.sallyport.server.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.audit.SectionDigest;

/**
 * A section of a machine's inventory, without its items.
 *
 * @param section its word
 * @param scope the patterns of files as JSON, or empty
 * @param digest of the items that are stored
 * @param audited when an audit was last taken in whole; empty before the first
 * @param cut whether the machine has more than a section may have
 * @param unsupported sources that the machine lacks
 */
record SectionState(String section, String scope, String digest, long items, Optional<Instant> audited, boolean cut,
    List<String> unsupported) {
  /** Of a section that was never audited. */
  static SectionState none(String section, String scope) {
    return new SectionState(section, scope, new SectionDigest().text(), 0, Optional.empty(), false, List.of());
  }
}
