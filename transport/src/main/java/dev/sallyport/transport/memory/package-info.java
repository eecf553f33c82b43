/** A wire without a network, for tests: two ends in one process, and a script that cuts or changes what travels. */
@NullMarked
package dev.sallyport.transport.memory;

import org.jspecify.annotations.NullMarked;
