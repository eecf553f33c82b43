/** How results and failures reach a person or a script. */
@NullMarked
package dev.sallyport.cli.output;

import org.jspecify.annotations.NullMarked;
