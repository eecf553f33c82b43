/** Certificates made up for a test, good and bad ones, and TLS servers that show them. */
@NullMarked
package dev.sallyport.transport.tls;

import org.jspecify.annotations.NullMarked;
