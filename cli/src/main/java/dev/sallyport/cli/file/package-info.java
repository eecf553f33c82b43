/** Whole files: to machines, from machines, and on the server. */
@NullMarked
package dev.sallyport.cli.file;

import org.jspecify.annotations.NullMarked;
