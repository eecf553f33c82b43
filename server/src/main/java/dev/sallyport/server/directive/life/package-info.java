/** The life of a run as pure values: its states, what can happen to it, and the one function that says what follows. */
@NullMarked
package dev.sallyport.server.directive.life;

import org.jspecify.annotations.NullMarked;
