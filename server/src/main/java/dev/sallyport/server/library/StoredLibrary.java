package dev.sallyport.server.library;

import java.time.Instant;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.library.LibraryManifest;
import dev.sallyport.protocol.library.LibraryStatement;

/**
 * A version of a library.
 *
 * @param statement what is signed about it
 * @param envelope with the signature
 * @param addedBy name of the account
 * @param withdrawn whether agents are told to load it no more
 */
record StoredLibrary(LibraryStatement statement, Bytes envelope, LibraryManifest manifest, Instant added,
    String addedBy,
    boolean withdrawn) {
  String id() {
    return statement.id();
  }

  Bytes jar() {
    return statement.sha256();
  }
}
