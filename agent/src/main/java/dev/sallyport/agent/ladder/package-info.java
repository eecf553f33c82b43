/** How this agent finds its way: what worked in which network, what was tried last and why it failed (K4). */
@NullMarked
package dev.sallyport.agent.ladder;

import org.jspecify.annotations.NullMarked;
