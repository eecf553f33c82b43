/** All ways to a server that there are, in the order in which they are worth a try (K4). */
@NullMarked
package dev.sallyport.transport.ladder;

import org.jspecify.annotations.NullMarked;
