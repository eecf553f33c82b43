package dev.sallyport.server.inventory;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.inventory.InventoryViews.Changes;
import dev.sallyport.server.inventory.InventoryViews.Items;
import dev.sallyport.server.inventory.InventoryViews.Sections;
import dev.sallyport.server.inventory.InventoryViews.Software;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/machines/{id}/inventory} and {@code /api/v1/inventory}: what machines are made of and what changed. */
@RestController
public final class InventoryController {
  private static final int MAX_LIMIT = 1_000;
  private static final String DEFAULT_LIMIT = "100";
  private static final int MAX_FILTER_LENGTH = 255;

  private final Machines machines;
  private final Inventories inventories;
  private final Gate gate;

  InventoryController(Machines machines, Inventories inventories, Gate gate) {
    this.machines = machines;
    this.inventories = inventories;
    this.gate = gate;
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/machines/{id}/inventory")
  Sections sections(@PathVariable String id, Operator operator) {
    return inventories.sections(machine(id, operator));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/machines/{id}/inventory/{section}")
  Items items(@PathVariable String id, @PathVariable String section, @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = DEFAULT_LIMIT) int limit, @RequestParam(defaultValue = "") String after,
      Operator operator) {
    String machine = machine(id, operator);
    String known = section(section);
    String filter = filter("text", text);
    return page(limit, () -> inventories.items(machine, known, filter, after, limit));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/machines/{id}/inventory/changes")
  Changes changes(@PathVariable String id, @RequestParam(defaultValue = "") String section,
      @RequestParam(defaultValue = "") String since, @RequestParam(defaultValue = DEFAULT_LIMIT) int limit,
      @RequestParam(defaultValue = "") String after, Operator operator) {
    String machine = machine(id, operator);
    String known = section.isEmpty() ? "" : section(section);
    Instant from = since(since);
    return page(limit, () -> inventories.changes(machine, known, from, after, limit));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/inventory/software")
  Software software(@RequestParam(defaultValue = "*") String name, @RequestParam(defaultValue = "") String below,
      @RequestParam(defaultValue = DEFAULT_LIMIT) int limit, @RequestParam(defaultValue = "") String after,
      Operator operator) {
    String pattern = filter("name", name);
    String version = filter("below", below);
    return page(limit, () -> inventories.software(pattern, version, gate.sight(operator), after, limit));
  }

  private static <T> T page(int limit, Supplier<T> page) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw wrong("limit", "The number of rows is out of range.", "Use 1 to " + MAX_LIMIT + ".");
    }
    try {
      return page.get();
    } catch (ProtocolException e) {
      throw wrong("after", "This is not where a page ended.", "Use the value of \"next\" from the page before.");
    }
  }

  private String machine(String id, Operator operator) {
    return machines.find(id).filter(machine -> gate.sight(operator).sees(machine.id()))
        .orElseThrow(() -> new ProblemException(Problem.notFound("There is no machine of this id."))).id();
  }

  private static String section(String word) {
    try {
      return AuditSection.ofWord(word).word();
    } catch (ProtocolException e) {
      throw new ProblemException(Problem.notFound("There is no such section; there are "
          + Arrays.stream(AuditSection.values()).map(AuditSection::word).collect(Collectors.joining(", ")) + "."));
    }
  }

  private static String filter(String field, String text) {
    try {
      return PlainText.require(field, text, MAX_FILTER_LENGTH);
    } catch (ProtocolException e) {
      throw wrong(field, "The text is too long, or holds characters that nothing here has.",
          "Use at most " + MAX_FILTER_LENGTH + " characters.");
    }
  }

  private static Instant since(String text) {
    try {
      Instant since = text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
      if (!since.isBefore(Instant.EPOCH) && !since.isAfter(JsonObject.MAX_INSTANT)) {
        return since;
      }
    } catch (DateTimeException e) {
      throw wrongTime();
    }
    throw wrongTime();
  }

  private static ProblemException wrongTime() {
    return wrong("since", "This is no time.", "Write it as 2026-11-22T16:00:00Z.");
  }

  private static ProblemException wrong(String field, String detail, String fix) {
    return new ProblemException(Problem.invalidField(field, detail, fix));
  }
}
