/** The commands for operators' scripts of actions. */
@NullMarked
package dev.sallyport.cli.procedure;

import org.jspecify.annotations.NullMarked;
