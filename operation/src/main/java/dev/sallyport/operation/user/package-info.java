/** Whoever sits at the machine: who is logged in, and windows that tell or ask them something. */
@NullMarked
package dev.sallyport.operation.user;

import org.jspecify.annotations.NullMarked;
