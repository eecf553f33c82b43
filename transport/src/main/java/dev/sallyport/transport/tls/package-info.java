/** TLS as agents use it: which certificates are believed, and what a refusal means in words. */
@NullMarked
package dev.sallyport.transport.tls;

import org.jspecify.annotations.NullMarked;
