package dev.sallyport.protocol.audit;

import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * What an agent says of a section it has audited; the changes themselves are its output.
 *
 * @param base digest of what the changes lead on from; empty if they are all items there are
 * @param digest of what they lead to
 * @param items how many there are then
 * @param cut whether there would be more than a section may have
 * @param unsupported sources that this machine does not have, for example a package manager
 */
public record AuditSummary(String base, String digest, int items, boolean cut, List<String> unsupported) {
  private static final int MAX_SOURCES = 32;
  private static final int MAX_SOURCE_LENGTH = 100;

  /** Copies and checks. */
  public AuditSummary {
    if (!base.isEmpty()) {
      SectionDigest.require("base", base);
    }
    SectionDigest.require("digest", digest);
    if (items < 0 || items > AuditItem.MAX_ITEMS) {
      throw new ProtocolException("items: expected 0 to " + AuditItem.MAX_ITEMS + ", found " + items);
    }
    unsupported = List.copyOf(unsupported);
    for (String source : unsupported) {
      PlainText.requireNonEmpty("unsupported", source, MAX_SOURCE_LENGTH);
    }
  }

  /** Returns the form it travels in. */
  public JsonObject toJson() {
    var json = JsonObject.builder();
    if (!base.isEmpty()) {
      json.put("base", base);
    }
    return json.put("digest", digest).put("items", items).put("cut", cut).putStrings("unsupported", unsupported)
        .build();
  }

  /**
   * Reads the form it travels in.
   *
   * @throws ProtocolException if it is anything else
   */
  public static AuditSummary fromJson(JsonObject json) {
    json.onlyFields("base", "digest", "items", "cut", "unsupported");
    return new AuditSummary(json.string("base", "", SectionDigest.TEXT_LENGTH),
        json.string("digest", SectionDigest.TEXT_LENGTH), (int) json.integer("items", 0, AuditItem.MAX_ITEMS),
        json.bool("cut"), json.strings("unsupported", MAX_SOURCES, MAX_SOURCE_LENGTH));
  }
}
