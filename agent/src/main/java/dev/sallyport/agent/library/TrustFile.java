package dev.sallyport.agent.library;

import java.io.IOException;

import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.library.LibraryTrust;

/**
 * Whom this machine believes about libraries: the newest statement that the server's installer key has signed. What cannot be read or is not
 * signed by the key of the bundle this machine was enrolled with counts for nothing, and nothing is loaded until the server says it anew.
 */
final class TrustFile {
  private static final String FILE = "library-trust";
  private static final int SCHEMA = 1;

  private final StateRecord file;
  private final Bytes installerKey;
  private LibraryTrust current = LibraryTrust.NONE;

  TrustFile(StateFiles files, Bytes installerKey) {
    this.file = new StateRecord(files, FILE, SCHEMA);
    this.installerKey = installerKey;
  }

  /** Returns in words why what was stored does not count, or nothing. */
  synchronized String load() {
    try {
      if (file.exists()) {
        current = LibraryTrust.verified(Bytes.of(file.read()), installerKey);
      }
      return "";
    } catch (IOException | ProtocolException e) {
      return "no library is loaded until the server says again which keys may sign them: " + e.getMessage();
    }
  }

  synchronized LibraryTrust current() {
    return current;
  }

  /**
   * Takes a newer statement, durably.
   *
   * @throws ProtocolException if it is not signed by the installer key, or older than the one that counts
   */
  synchronized LibraryTrust take(Bytes envelope) throws IOException {
    LibraryTrust told = LibraryTrust.verified(envelope, installerKey);
    if (told.serial() < current.serial() || (told.serial() == current.serial() && !told.equals(current))) {
      throw new ProtocolException("this machine was told something newer about libraries (serial " + current.serial()
          + ", this is " + told.serial() + "); was the server restored from a backup?");
    }
    if (told.serial() > current.serial()) {
      file.write(envelope.toArray());
      current = told;
    }
    return current;
  }
}
