/** What an agent can do by itself: the contract of a primitive operation and the table of all of them. */
@NullMarked
package dev.sallyport.operation;

import org.jspecify.annotations.NullMarked;
