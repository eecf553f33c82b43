package dev.sallyport.server.directive;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What whoever waited for a directive is told: the directive with its runs as they are now, and what they wrote so far.
 *
 * @param output in the order it was stored, at most {@value AnswerDesk#MAX_OUTPUT_BYTES} bytes and a piece
 * @param outputComplete whether this is all that is stored of it
 */
public record Answer(@JsonUnwrapped DirectiveView directive, List<OutputView> output, boolean outputComplete) {}
