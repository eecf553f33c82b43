/** Programs that stand between an agent and its server and behave as badly as real ones do; each is a {@code main} of its own. */
@NullMarked
package dev.sallyport.testing.wall;

import org.jspecify.annotations.NullMarked;
