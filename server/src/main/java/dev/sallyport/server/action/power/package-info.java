/** Starting machines anew. */
@NullMarked
package dev.sallyport.server.action.power;

import org.jspecify.annotations.NullMarked;
