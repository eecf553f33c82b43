/** The little of HTTP/1.1 that a client of one server needs (RFC 9112), read as strictly as if the other end were hostile. */
@NullMarked
package dev.sallyport.transport.http;

import org.jspecify.annotations.NullMarked;
