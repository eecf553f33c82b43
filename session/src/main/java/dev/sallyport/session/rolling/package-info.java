/**
 * The rolling secret: what agent and server remember, and the pure functions that say what they write, and then send,
 * when something happens.
 */
@NullMarked
package dev.sallyport.session.rolling;

import org.jspecify.annotations.NullMarked;
