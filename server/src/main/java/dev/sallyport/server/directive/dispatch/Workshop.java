package dev.sallyport.server.directive.dispatch;

import java.time.InstantSource;
import java.util.function.LongSupplier;

import dev.sallyport.server.action.Actions;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.Vault;
import dev.sallyport.server.switchboard.Switchboard;

/**
 * What carrying a run takes.
 *
 * @param clock for times that are stored
 * @param nanoTime for durations; any origin, never steps back
 */
public record Workshop(Store store, Vault vault, Switchboard switchboard, Actions actions, ChangeListener changes,
    InstantSource clock,
    LongSupplier nanoTime) {}
