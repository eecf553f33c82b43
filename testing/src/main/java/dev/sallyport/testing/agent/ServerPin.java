package dev.sallyport.testing.agent;

import dev.sallyport.protocol.Bytes;

/**
 * The server's static key, as an agent has it from its bundle.
 *
 * @param selector which of the server's keys
 * @param publicKey 32 bytes
 */
public record ServerPin(int selector, Bytes publicKey) {}
