package dev.sallyport.server.inventory;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.AuditOperation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.inventory.Stocktaking.Taken;

/**
 * Audits a machine, section by section. What it asks for depends on what is stored, which an action may do with operations that only look: nothing of them is kept
 * by the machine under their ids.
 */
final class InventoryAction implements Action {
  private static final String SECTIONS = "sections";
  private static final String PATTERNS = "patterns";
  private static final String FULL = "full";
  private static final String YES = "yes";
  private static final String NO = "no";

  private static final ActionDescription DESCRIPTION = new ActionDescription("inventory", "Take stock",
      "Audits hardware, operating system, software, services, users, ports, printers and files, and stores what changed. Changes nothing.",
      ActionClass.READ,
      List.of(
          new Parameter.TextList(SECTIONS,
              "hardware, system, software, services, users, ports, printers, files; without: all, files only with patterns.",
              false, AuditSection.values().length, AuditSection.MAX_WORD_LENGTH),
          new Parameter.TextList(PATTERNS,
              "Which files: absolute paths with *, ? and once ** for any directories, for example /etc/**/*.conf.",
              false,
              AuditOperation.Take.MAX_PATTERNS, AuditOperation.Take.MAX_PATTERN_BYTES),
          new Parameter.Text(FULL, "yes: everything is told anew; no (without): only what changed.", false,
              YES.length(), false)));

  private final Stocktaking stocktaking;

  InventoryAction(Stocktaking stocktaking) {
    this.stocktaking = stocktaking;
  }

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    for (AuditSection section : sections(parameters)) {
      var _ = new AuditOperation.Take(section, "", patterns(section, parameters));
    }
    var _ = full(parameters);
  }

  /** Sections that fail keep what was known of them; the others are audited all the same, and the run fails in the end. */
  @Override
  public JsonObject run(ActionContext context) {
    JsonObject parameters = context.parameters();
    var told = new ArrayList<Json>();
    OperationResult worst = null;
    int unsupported = 0;
    Set<AuditSection> sections = sections(parameters);
    for (AuditSection section : sections) {
      List<String> patterns = patterns(section, parameters);
      Taken taken = stocktaking.take(context, section, patterns, full(parameters));
      told.add(tell(section, taken));
      switch (taken.result().outcome()) {
        case DONE -> {
          // Stored.
        }
        case FAILED -> worst = taken.result();
        case UNSUPPORTED -> unsupported++;
        case REFUSED, EXPIRED, CANCELLED, UNKNOWN -> throw ended(section, patterns, taken.result());
      }
      if (unsupported == sections.size()) {
        throw ended(section, patterns, taken.result());
      }
    }
    JsonObject value = JsonObject.builder().put(SECTIONS, JsonArray.of(told)).build();
    if (worst != null) {
      throw ended(AuditSection.SYSTEM, List.of(), new OperationResult(Outcome.FAILED, worst.exitCode(), worst.started(),
          worst.ended(), 0, false, value, worst.reason()));
    }
    return value;
  }

  private static OperationEndedException ended(AuditSection section, List<String> patterns, OperationResult result) {
    return new OperationEndedException(new AuditOperation.Take(section, "", patterns), result);
  }

  private static JsonObject tell(AuditSection section, Taken taken) {
    var told = JsonObject.builder().put("section", section.word()).put("outcome", taken.result().outcome().word());
    if (taken.result().outcome() == Outcome.DONE) {
      told.put("items", taken.items()).put("told", taken.changes()).put("all", taken.whole()).put("bytes",
          taken.result().outputBytes());
    } else {
      told.put("reason", taken.result().reason());
    }
    return told.build();
  }

  private static Set<AuditSection> sections(JsonObject parameters) {
    Set<AuditSection> sections = EnumSet.noneOf(AuditSection.class);
    if (parameters.has(SECTIONS)) {
      for (String word : parameters.strings(SECTIONS, AuditSection.values().length, AuditSection.MAX_WORD_LENGTH)) {
        sections.add(AuditSection.ofWord(word));
      }
    }
    if (sections.isEmpty()) {
      sections = EnumSet.allOf(AuditSection.class);
      if (!parameters.has(PATTERNS)) {
        sections.remove(AuditSection.FILES);
      }
    }
    return sections;
  }

  private static List<String> patterns(AuditSection section, JsonObject parameters) {
    return section == AuditSection.FILES && parameters.has(PATTERNS)
        ? parameters.strings(PATTERNS, AuditOperation.Take.MAX_PATTERNS, AuditOperation.Take.MAX_PATTERN_BYTES)
        : List.of();
  }

  private static boolean full(JsonObject parameters) {
    String full = parameters.string(FULL, NO, YES.length());
    if (!full.equals(YES) && !full.equals(NO)) {
      throw parameters.refused(FULL, "expected yes or no");
    }
    return full.equals(YES);
  }
}
