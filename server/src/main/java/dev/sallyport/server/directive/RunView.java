package dev.sallyport.server.directive;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Run;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it. Name, reason and value are the machine's own words.
 *
 * @param state {@code queued}, {@code running} or how it ended
 * @param outcome how it ended; null as long as it has not
 * @param value what the action found out, JSON
 */
public record RunView(String machine, String name, String state, @Nullable String outcome, @Nullable Integer exitCode,
    Instant created,
    @Nullable Instant started, @Nullable Instant ended, String reason, long outputBytes, boolean truncated,
    @JsonRawValue String value) {
  /** Shows a run. */
  static RunView of(Run run) {
    return new RunView(run.key().machine(), run.name(), run.state().shown(),
        run.state() instanceof RunState.Ended ended ? ended.outcome().word() : null,
        run.exitCode().isPresent() ? run.exitCode().getAsInt() : null, run.created(), run.started().orElse(null),
        run.ended().orElse(null), run.reason(), run.outputBytes(), run.truncated(), run.value().text());
  }
}
