/**
 * What an operator asks for. An {@link dev.sallyport.server.action.Action} is a short blocking class made of operations, found by its
 * name; writing the class and naming it a component is all it takes to add one.
 */
@NullMarked
package dev.sallyport.server.action;

import org.jspecify.annotations.NullMarked;
