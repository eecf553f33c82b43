/**
 * What stands inside a sealed record: frames of {@code type(1) flags(1) len(2) stream(4) body}, big-endian. Decoding is
 * strict, so that every frame has exactly one encoding: lengths are exact, unassigned flags and stream numbers are
 * zero, padding is zeros. Only a frame of an unknown type is skipped, unless it says that it is critical.
 */
@NullMarked
package dev.sallyport.protocol.frame;

import org.jspecify.annotations.NullMarked;
