package dev.sallyport.server.schedule;

import java.time.Instant;

/**
 * A line of a schedule's history.
 *
 * @param time for which it was
 * @param at when it happened
 * @param directive that it gave; {@code ""} if none
 * @param note what there is to say; {@code ""} if nothing
 */
record Firing(Instant time, Instant at, String directive, String note) {}
