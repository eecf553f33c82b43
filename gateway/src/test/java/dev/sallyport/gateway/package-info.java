/** The gateway through real sockets, with real TLS and real sessions; the directory and the fleet are in memory. */
@NullMarked
package dev.sallyport.gateway;

import org.jspecify.annotations.NullMarked;
