package dev.sallyport.server.directive;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

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
    String lastEventId) {}
