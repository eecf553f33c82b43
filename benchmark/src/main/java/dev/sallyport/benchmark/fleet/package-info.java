/** Thousands of simulated agents in one process: real SLP/1 over real TLS, answers without doing anything. */
@NullMarked
package dev.sallyport.benchmark.fleet;

import org.jspecify.annotations.NullMarked;
