/** Looking at machines. */
@NullMarked
package dev.sallyport.cli.machine;

import org.jspecify.annotations.NullMarked;
