/**
 * What an audit finds, as it travels and as both sides compare it: a section is a set of items, and what became of it is a list of changes.
 *
 * <p>A section's digest does not depend on the order of its items and follows from the digest before and the changes alone. So the side that
 * takes changes can tell, without reading all it has, whether it now holds what the other side holds.
 */
@NullMarked
package dev.sallyport.protocol.audit;

import org.jspecify.annotations.NullMarked;
