/** Tests of the whole system, started from the distribution the way users start it. */
@NullMarked
package dev.sallyport.acceptance;

import org.jspecify.annotations.NullMarked;
