package dev.sallyport.server.directive.queue;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Runs that have not ended, oldest directive first.
 *
 * @param next where to go on; null at the end
 */
public record QueuePage(List<QueueEntry> runs, @Nullable String next) {}
