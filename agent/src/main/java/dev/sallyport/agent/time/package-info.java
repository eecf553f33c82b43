/** Time, as the agent may use it: its own clock, the server's, and pauses that tests can skip. */
@NullMarked
package dev.sallyport.agent.time;

import org.jspecify.annotations.NullMarked;
