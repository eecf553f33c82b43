/** The commands that tell which actions there are and give any of them. */
@NullMarked
package dev.sallyport.cli.action;

import org.jspecify.annotations.NullMarked;
