/** The agent's one connection: dial, handshake, keep, and dial again; what the server orders is handed to the executor. */
@NullMarked
package dev.sallyport.agent.link;

import org.jspecify.annotations.NullMarked;
