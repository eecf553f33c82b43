package dev.sallyport.transport.ftp.exchange;

import java.io.IOException;
import java.util.List;

/**
 * A place where files lie that both sides can reach. Paths are relative to it, with slashes. One thread at a time.
 *
 * <p>Any {@link IOException} but a {@link DepotRefusal} leaves open whether the thing was done; the next call may find the place well again.
 */
public interface Depot {
  /** Whether there is a file of this name in this directory. */
  boolean has(String directory, String name) throws IOException;

  /** The content of a file of at most {@code most} bytes. */
  byte[] read(String path, int most) throws IOException;

  /** Writes a file in the place of any that was there; returns when all of it is there. */
  void write(String path, byte[] content) throws IOException;

  /** Gives a file another name. Returns false if there is no such file. */
  boolean rename(String from, String to) throws IOException;

  /** Sees to it that there is no such file. */
  void delete(String path) throws IOException;

  /** The names in a directory, of those that this program gives; none if it is not there. */
  List<String> list(String directory) throws IOException;

  /** Removes a directory, if it is there and empty. */
  void removeDirectory(String path) throws IOException;

  /** Gives back what the place holds open; from any thread. A call under way fails, a later one may hold something open again. */
  void disconnect();
}
