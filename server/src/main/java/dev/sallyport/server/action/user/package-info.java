/** Talking to whoever sits at a machine. */
@NullMarked
package dev.sallyport.server.action.user;

import org.jspecify.annotations.NullMarked;
