/**
 * The SLP/1 handshake: HELLO and HELLO_REPLY byte for byte, one round trip, mutual authentication by static keys and the
 * rolling secret, keys for the session that follows.
 */
@NullMarked
package dev.sallyport.session.handshake;

import org.jspecify.annotations.NullMarked;
