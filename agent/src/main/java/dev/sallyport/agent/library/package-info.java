/** The libraries this agent keeps: taken only signed, loaded when they are called, replaced while others run. */
@NullMarked
package dev.sallyport.agent.library;

import org.jspecify.annotations.NullMarked;
