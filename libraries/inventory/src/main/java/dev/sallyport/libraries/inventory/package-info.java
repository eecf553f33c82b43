/** A library that agents load: what a machine's hardware is, by OSHI. */
@NullMarked
package dev.sallyport.libraries.inventory;

import org.jspecify.annotations.NullMarked;
