/** Tests that walk the source tree and the compiled classes and hold the rules of the house. */
@NullMarked
package dev.sallyport.architecture;

import org.jspecify.annotations.NullMarked;
