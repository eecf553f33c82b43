/** The measurements, one class each: it starts real parts, measures, and reports rows. */
@NullMarked
package dev.sallyport.benchmark.measure;

import org.jspecify.annotations.NullMarked;
