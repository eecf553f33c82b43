/** Libraries: their making, their signatures, and their calls. */
@NullMarked
package dev.sallyport.cli.library;

import org.jspecify.annotations.NullMarked;
