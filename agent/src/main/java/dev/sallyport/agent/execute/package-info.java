/** Carries out operations: at most once if they change anything, many at a time, with their output kept until the server has it. */
@NullMarked
package dev.sallyport.agent.execute;

import org.jspecify.annotations.NullMarked;
