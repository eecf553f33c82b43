/**
 * What crosses a transport, one message at a time: the two handshake messages, the unauthenticated refusal and the
 * sealed record. Every decoder is total: bytes that are not exactly one message end in a {@code ProtocolException}.
 */
@NullMarked
package dev.sallyport.protocol.message;

import org.jspecify.annotations.NullMarked;
