package dev.sallyport.server.directive;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.sallyport.server.directive.record.Directive;
import org.jspecify.annotations.Nullable;

/**
 * A directive as the API shows it.
 *
 * @param parameters JSON
 * @param by the name of the account that gave it
 * @param batch how it goes over its machines, JSON; null if all have it at once
 * @param counts how many runs are in which state
 * @param runs its runs, read as they are written out; left out of lists
 */
public record DirectiveView(String id, String action, @JsonRawValue String parameters, Instant created, String by,
    Instant expires,
    long timeLimitSeconds, long outputLimitBytes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable String batch, Map<String, Long> counts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Iterable<RunView> runs) {
  /** Shows a directive that was given just now; its runs are told of elsewhere. */
  static DirectiveView given(Directive directive) {
    return of(directive, Map.of());
  }

  /** Shows a directive in a list. */
  static DirectiveView of(Directive directive, Map<String, Long> counts) {
    return of(directive, counts, null);
  }

  /** Shows a directive with its runs. */
  static DirectiveView of(Directive directive, Map<String, Long> counts, @Nullable Iterable<RunView> runs) {
    return new DirectiveView(directive.id(), directive.action(), directive.parameters().text(), directive.created(),
        directive.creatorName(), directive.expires(), directive.timeLimit().toSeconds(), directive.outputLimit(),
        directive.batch().holds() ? directive.batch().toJson().text() : null, counts, runs);
  }

  /** The same with these runs and their counts. */
  DirectiveView with(Map<String, Long> otherCounts, List<RunView> otherRuns) {
    return new DirectiveView(id, action, parameters, created, by, expires, timeLimitSeconds, outputLimitBytes, batch,
        otherCounts, otherRuns);
  }
}
