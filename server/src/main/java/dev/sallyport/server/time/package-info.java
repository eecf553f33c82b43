/** Times of day and days of the week at which something may happen: pure values that several features share. */
@NullMarked
package dev.sallyport.server.time;

import org.jspecify.annotations.NullMarked;
