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
 * @param counts how many runs are in which state
 * @param runs its runs; left out of lists
 */
public record DirectiveView(String id, String action, @JsonRawValue String parameters, Instant created, String by,
    Instant expires,
    long timeLimitSeconds, long outputLimitBytes, Map<String, Long> counts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<RunView> runs) {
  /** Shows a directive in a list. */
  static DirectiveView of(Directive directive, Map<String, Long> counts) {
    return of(directive, counts, null);
  }

  /** Shows a directive with its runs. */
  static DirectiveView of(Directive directive, Map<String, Long> counts, @Nullable List<RunView> runs) {
    return new DirectiveView(directive.id(), directive.action(), directive.parameters().text(), directive.created(),
        directive.creatorName(), directive.expires(), directive.timeLimit().toSeconds(), directive.outputLimit(),
        counts, runs);
  }
}
