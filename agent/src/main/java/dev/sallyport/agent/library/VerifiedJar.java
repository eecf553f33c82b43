package dev.sallyport.agent.library;

import java.io.Closeable;
import java.io.IOException;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.library.LibraryArchive;
import dev.sallyport.protocol.library.LibraryManifest;
import dev.sallyport.protocol.library.LibraryStatement;

/**
 * A library whose signature, digest, archive and manifest were found good.
 *
 * @param envelope what was signed, to be judged again when trust has changed
 */
record VerifiedJar(Bytes envelope, LibraryStatement statement, LibraryManifest manifest, LibraryArchive archive,
    OpenJar jar)
    implements
      Closeable {
  @Override
  public void close() throws IOException {
    jar.close();
  }
}
