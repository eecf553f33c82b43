/** Which sockets, event loops and TLS the machine offers. */
@NullMarked
package dev.sallyport.gateway.socket;

import org.jspecify.annotations.NullMarked;
