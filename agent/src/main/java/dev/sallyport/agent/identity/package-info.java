/** Who this agent is and whom it belongs to: its keys, its rolling secret, the server it was enrolled with. */
@NullMarked
package dev.sallyport.agent.identity;

import org.jspecify.annotations.NullMarked;
