/**
 * Takes stock of the machine, section by section, and tells what has changed since the state that the server holds.
 *
 * <p>Gathering and comparing are apart: a {@code Source} only finds items, and knows nothing of what was told before.
 */
@NullMarked
package dev.sallyport.operation.audit;

import org.jspecify.annotations.NullMarked;
