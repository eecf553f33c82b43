/** The one public port: TLS, then the first bytes of the first request decide whether an agent calls or anybody else. */
@NullMarked
package dev.sallyport.gateway.edge;

import org.jspecify.annotations.NullMarked;
