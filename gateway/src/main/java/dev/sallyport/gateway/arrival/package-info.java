/** Connections of which it is not yet known what they are worth, and how long each may take to show it. */
@NullMarked
package dev.sallyport.gateway.arrival;

import org.jspecify.annotations.NullMarked;
