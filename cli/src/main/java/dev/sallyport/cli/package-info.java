/** The operator's command {@code sallyport}: one folder per group of commands, one class per command. */
@NullMarked
package dev.sallyport.cli;

import org.jspecify.annotations.NullMarked;
