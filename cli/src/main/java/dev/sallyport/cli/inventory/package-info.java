/** Shows what machines are made of and what changed. */
@NullMarked
package dev.sallyport.cli.inventory;

import org.jspecify.annotations.NullMarked;
