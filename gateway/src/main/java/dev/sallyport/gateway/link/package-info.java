/**
 * Agents that arrive and stay. The callbacks of the network end in this package: above it, an agent is an {@link
 * dev.sallyport.gateway.AgentLink} with blocking methods.
 *
 * <p>Threads: each channel's event loop reads its messages, decrypts them and seals what is to be sent; it never blocks.
 * Handshakes, the listener and calls run on virtual threads. One more thread ticks all sessions.
 */
@NullMarked
package dev.sallyport.gateway.link;

import org.jspecify.annotations.NullMarked;
