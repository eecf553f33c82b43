/** How a directive goes over its machines when not all may have it at once: pure values, and the one function that says what follows. */
@NullMarked
package dev.sallyport.server.directive.batch;

import org.jspecify.annotations.NullMarked;
