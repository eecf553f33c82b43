package dev.sallyport.server.directive.dispatch;

import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;

import dev.sallyport.server.access.Warrants;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.Vault;
import dev.sallyport.server.switchboard.Switchboard;

/**
 * What carrying a run takes.
 *
 * @param warrants whether whoever gave an order still may
 * @param clock for times that are stored
 * @param nanoTime for durations; any origin, never steps back
 */
public record Workshop(Store store, Vault vault, Switchboard switchboard, Actions actions, ChangeListener changes,
    Warrants warrants, InstantSource clock,
    LongSupplier nanoTime) {
  /** Whether whoever gave the directive may still have it done on this machine. An action that is not there any more asks for nothing. */
  boolean warranted(Directive directive, String machine) {
    return actions.find(directive.action()).map(action -> action.classes(directive.parameters())).orElse(Set.of())
        .stream().allMatch(each -> warrants.permits(directive.creator(), each, machine));
  }
}
