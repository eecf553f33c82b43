/** Messages one after the other on a TCP connection, with TLS or without: the least that can be between two sessions. */
@NullMarked
package dev.sallyport.transport.tcp;

import org.jspecify.annotations.NullMarked;
