package dev.sallyport.server.directive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.audit.AuditEvent.Actor;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.Run;

/** What the audit log is told of a directive before any machine hears of it. */
final class GivenEvents {
  /** The type of the first event of a directive. */
  static final String GIVEN = "directive.given";
  /** Says that what {@link #GIVEN} tells of did not come to be. */
  static final String VOID = "directive.void";
  /** Machines that one entry names. */
  static final int MACHINES = 200;

  private GivenEvents() {
  }

  /** The directive with its machines; those of many in further entries. The parameters are told by their digest: they may hold contents of files. */
  static List<AuditEvent> of(Directive directive, List<Run> runs, Actor actor) {
    var events = new ArrayList<AuditEvent>();
    int from = 0;
    do {
      List<Run> some = runs.subList(from, Math.min(runs.size(), from + MACHINES));
      var details = JsonObject.builder();
      if (from == 0) {
        details.put("action", directive.action()).put("runs", runs.size()).put("sent",
            runs.stream().filter(run -> run.state() instanceof RunState.Running).count());
      }
      details.putStrings("machines", some.stream().map(run -> run.key().machine()).toList());
      events.add(AuditEvent.of(from == 0 ? GIVEN : "directive.targets").by(actor).to(directive.id())
          .digest(from == 0 ? digest(directive.parameters()) : "").details(details.build()));
      from += MACHINES;
    } while (from < runs.size());
    return events;
  }

  /** That the directive was told of and not stored. */
  static AuditEvent none(String directive, String why) {
    return AuditEvent.of(VOID).to(directive).result(AuditEvent.FAILED)
        .details(JsonObject.builder().put("why", why).build());
  }

  static String digest(JsonObject parameters) {
    try {
      return HexFormat.of().formatHex(
          MessageDigest.getInstance("SHA-256").digest(parameters.text().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
