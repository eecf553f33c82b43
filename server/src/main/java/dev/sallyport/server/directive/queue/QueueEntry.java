package dev.sallyport.server.directive.queue;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A run that has not ended, as the API shows it.
 *
 * @param name the machine's name when the directive was given
 * @param by the name of the account that gave the directive
 * @param expires latest start
 * @param state {@code queued} or {@code running}
 * @param waitsFor what a queued run waits for: its {@code machine}, which is away; its {@code turn} on a machine that is busy; its {@code batch},
 *     or that batch's {@code window}; null if it runs
 */
public record QueueEntry(String directive, String machine, String name, String action, String by, Instant created,
    Instant expires, String state, @Nullable Instant started, @Nullable String waitsFor) {}
