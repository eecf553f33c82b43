/**
 * A program that shows one message or question in the session of whoever sits at the machine, and ends. An agent starts it as that person's
 * account, so that the agent itself never talks to a screen, and the part of the JDK that does is never loaded into it.
 */
@NullMarked
package dev.sallyport.dialog;

import org.jspecify.annotations.NullMarked;
