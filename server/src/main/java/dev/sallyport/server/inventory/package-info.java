/**
 * What machines are made of, as their audits tell it, and what changed since when.
 *
 * <p>An audit is taken in by small transactions, after each of which the section's digest is that of its rows. So it may break off anywhere: the next audit names
 * what is here as its base, and where the agent does not know that, it tells everything and only what differs is written.
 */
@NullMarked
package dev.sallyport.server.inventory;

import org.jspecify.annotations.NullMarked;
