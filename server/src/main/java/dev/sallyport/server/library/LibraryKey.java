package dev.sallyport.server.library;

import java.time.Instant;

import dev.sallyport.protocol.Bytes;

/**
 * A key that signs libraries.
 *
 * @param name for people
 * @param key raw Ed25519
 * @param addedBy name of the account
 */
record LibraryKey(String name, Bytes key, Instant added, String addedBy) {}
