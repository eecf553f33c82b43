/**
 * The server's side of handshakes: from a HELLO to its answer, from a CONFIRM to what it commits. Everything here blocks,
 * waits its turn and runs on virtual threads, never on an event loop.
 */
@NullMarked
package dev.sallyport.gateway.handshake;

import org.jspecify.annotations.NullMarked;
