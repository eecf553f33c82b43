/**
 * The WebSocket binding's client half (RFC 6455): TLS, the upgrade, frames. Written on plain sockets because the agent that
 * carries it must stay small; what the server's half may send is checked as strictly as if it were hostile.
 */
@NullMarked
package dev.sallyport.transport.websocket;

import org.jspecify.annotations.NullMarked;
