/** Operators' own scripts of actions: stored with all their versions, checked before they are stored, run by name. */
@NullMarked
package dev.sallyport.server.procedure;

import org.jspecify.annotations.NullMarked;
