package dev.sallyport.server.directive;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sallyport.server.access.Sight;

/**
 * What whoever waited for a directive is told: the beginning of its events, which is all of them when the directive was short. A
 * client that wants the rest reads the directive's event stream from {@code lastEventId} on.
 *
 * @param directive with those of its runs that the events told of, as they are now
 * @param output in the order it was stored
 * @param outputComplete whether this is all that is stored of it now
 * @param lastEventId the number of the last event that is in here
 */
public record Answer(@JsonUnwrapped DirectiveView directive, List<OutputView> output, boolean outputComplete,
    String lastEventId) {
  /** The same without what the sight does not see. An order repeated under its key may be answered to somebody who sees less than then. */
  Answer seenBy(Sight sight) {
    if (sight.whole()) {
      return this;
    }
    var runs = new ArrayList<RunView>();
    var counts = new TreeMap<String, Long>();
    for (RunView run : directive.runs() == null ? List.<RunView>of() : directive.runs()) {
      if (sight.sees(run.machine())) {
        runs.add(run);
        counts.merge(run.state(), 1L, Long::sum);
      }
    }
    return new Answer(directive.with(counts, runs),
        output.stream().filter(piece -> sight.sees(piece.machine())).toList(), outputComplete, lastEventId);
  }
}
