/**
 * Records: frames under ChaCha20-Poly1305 (RFC 8439), numbered from 0 without a gap. The nonce is the number (four zero
 * bytes and 64 bits little-endian, as in Noise), the associated data is {@code cid ‖ seq} as they stand in the message.
 * A session keeps raw keys only; the JDK's cipher objects, which are ten times larger, are borrowed from a small pool.
 */
@NullMarked
package dev.sallyport.session.record;

import org.jspecify.annotations.NullMarked;
