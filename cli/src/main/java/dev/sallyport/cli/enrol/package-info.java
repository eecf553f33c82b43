/** Letting new machines in. */
@NullMarked
package dev.sallyport.cli.enrol;

import org.jspecify.annotations.NullMarked;
