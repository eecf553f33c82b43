/** What was measured, as rows of a table for people and as JSON for comparison. */
@NullMarked
package dev.sallyport.benchmark.report;

import org.jspecify.annotations.NullMarked;
