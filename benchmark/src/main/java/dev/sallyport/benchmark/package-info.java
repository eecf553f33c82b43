/** Measures the distribution on this machine; {@link dev.sallyport.benchmark.Bench} is the entry. */
@NullMarked
package dev.sallyport.benchmark;

import org.jspecify.annotations.NullMarked;
