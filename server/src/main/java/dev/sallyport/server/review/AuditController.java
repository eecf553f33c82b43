package dev.sallyport.server.review;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import dev.sallyport.audit.Checkpoint;
import dev.sallyport.audit.SignedCheckpoint;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.audit.AuditIndex;
import dev.sallyport.server.audit.AuditLog;
import dev.sallyport.server.audit.AuditSearch;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/v1/audit}: who did what, and the proof of it. For those who decide about machines; it names everybody. */
@RestController
public final class AuditController {
  private static final int DEFAULT_LIMIT = 100;

  private final AuditLog log;
  private final AuditIndex index;
  private final JsonMapper json;

  public AuditController(AuditLog log, AuditIndex index, JsonMapper json) {
    this.log = log;
    this.index = index;
    this.json = json;
  }

  /**
   * Entries, newest first.
   *
   * @param next the value of {@code before} for the page that follows; missing on the last
   */
  record Page(List<JsonNode> entries, @Nullable Long next) {}

  /** Finds entries; all parameters narrow. */
  @Requires(ActionClass.POLICY)
  @GetMapping("/api/v1/audit")
  Page find(@RequestParam(defaultValue = "") String person, @RequestParam(defaultValue = "") String machine,
      @RequestParam(defaultValue = "") String site, @RequestParam(defaultValue = "") String type,
      @RequestParam(defaultValue = "") String object, @RequestParam(defaultValue = "") String result,
      @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String until,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      @RequestParam(defaultValue = "" + DEFAULT_LIMIT) int limit) {
    if (limit < 1 || limit > AuditSearch.MAX_LIMIT) {
      throw wrong("limit", "The number of entries is out of range.", "Use 1 to " + AuditSearch.MAX_LIMIT + ".");
    }
    AuditIndex.Found found = index.find(new AuditSearch(person, machine, site, type, object, result,
        time("from", from, Instant.EPOCH), time("until", until, JsonObject.MAX_INSTANT), before, limit));
    return new Page(found.entries().stream().map(entry -> json.readTree(entry.line().toArray())).toList(),
        found.next() < 0 ? null : found.next());
  }

  /**
   * How to check that an entry is under a checkpoint.
   *
   * @param entry the line in base64, as it is hashed
   * @param proof hashes in base64, from the bottom (RFC 6962)
   * @param checkpoint the signed note
   */
  record Proof(long number, String entry, List<String> proof, String checkpoint) {}

  /** Proves one entry. If no checkpoint covers it yet, one will within ten seconds. */
  @Requires(ActionClass.POLICY)
  @GetMapping("/api/v1/audit/entries/{n}/proof")
  Proof prove(@PathVariable long n) throws IOException {
    SignedCheckpoint signed = log.checkpoint();
    Checkpoint checkpoint = signed.checkpoint();
    if (n < 0 || n >= checkpoint.size()) {
      throw new ProblemException(Problem.notFound("There is no entry " + n + " under a checkpoint; the newest covers "
          + checkpoint.size() + "."));
    }
    return new Proof(n, Base64.getEncoder().encodeToString(log.entry(n)),
        log.tree(checkpoint.size()).inclusion(n).stream().map(Bytes::toArray).map(Base64.getEncoder()::encodeToString)
            .toList(),
        signed.note());
  }

  private static Instant time(String field, String text, Instant absent) {
    try {
      return text.isEmpty() ? absent : Instant.parse(text);
    } catch (DateTimeException e) {
      throw wrong(field, "This is no time.", "Write it like 2026-01-31T08:00:00Z.");
    }
  }

  private static ProblemException wrong(String field, String detail, String fix) {
    return new ProblemException(Problem.invalidField(field, detail, fix));
  }
}
