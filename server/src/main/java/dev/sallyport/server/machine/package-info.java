/**
 * Managed machines: who they are, how they are authenticated, what they say of themselves, whether they are there.
 *
 * <p>A machine's id is an opaque UUID that the server draws; it is never part of a path and never chosen by anybody else (incident T14).
 * What a machine says of itself is hostile text: it is cleaned and cut before it is stored, and whoever shows it must still escape it.
 */
@NullMarked
package dev.sallyport.server.machine;

import org.jspecify.annotations.NullMarked;
