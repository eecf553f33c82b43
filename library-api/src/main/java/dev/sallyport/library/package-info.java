/** What a library implements that agents load on demand: the whole of the interface between the two. */
@NullMarked
package dev.sallyport.library;

import org.jspecify.annotations.NullMarked;
