/**
 * The agent's memory of what it was told to do, so that nothing is done twice: an append-only log whose writers share one sync, and
 * the table of operations it adds up to.
 */
@NullMarked
package dev.sallyport.agent.journal;

import org.jspecify.annotations.NullMarked;
