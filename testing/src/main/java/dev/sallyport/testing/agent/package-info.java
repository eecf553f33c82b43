/**
 * An agent that speaks real SLP/1 and has no machine: it enrols, connects, rolls its secret and answers operations as a test
 * says. {@link dev.sallyport.testing.agent.AgentCore} is the agent without a network.
 */
@NullMarked
package dev.sallyport.testing.agent;

import org.jspecify.annotations.NullMarked;
