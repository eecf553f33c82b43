/** What agent and server say to each other, as values: no input, no output, total on hostile bytes. */
@NullMarked
package dev.sallyport.protocol;

import org.jspecify.annotations.NullMarked;
