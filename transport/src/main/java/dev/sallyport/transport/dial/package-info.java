/** Connections to a server's doors: over a route, with TLS on top where the door has it. */
@NullMarked
package dev.sallyport.transport.dial;

import org.jspecify.annotations.NullMarked;
