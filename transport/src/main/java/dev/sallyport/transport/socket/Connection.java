package dev.sallyport.transport.socket;

import java.net.Socket;

/**
 * A TCP connection whose streams lead to the server.
 *
 * @param bottom the socket of the operating system; closing it ends everything above
 * @param top where to read and write: {@code bottom} itself, or what lies above it
 */
public record Connection(DeadlineSocket bottom, Socket top) {}
