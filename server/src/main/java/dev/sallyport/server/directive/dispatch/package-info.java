/**
 * Brings runs to their machines: who may go next, one virtual thread for each run under way, its output and its result.
 *
 * <p>There is one way to recover, and it serves a lost link, a failed write and a restarted server alike: the thread gives up, the
 * run stays open in the database, and when its machine is there (again) the action runs again from its first step under the
 * same operation ids. The agent's journal answers the steps that already happened.
 */
@NullMarked
package dev.sallyport.server.directive.dispatch;

import org.jspecify.annotations.NullMarked;
