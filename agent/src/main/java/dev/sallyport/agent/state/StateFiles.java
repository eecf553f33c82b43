package dev.sallyport.agent.state;

import java.io.IOException;
import java.util.List;

/**
 * One private directory of files, in the few steps durability is made of.
 *
 * <p>Nothing is durable by itself: a file's bytes are after {@link StateFile#sync()}, and its name (new, renamed, deleted) after
 * {@link #syncDirectory()}. The tests put a disk behind this that forgets everything else. Names are constants or numbers of ours,
 * never taken from a peer.
 */
public interface StateFiles {
  /** Creates the file, or empties the one there, readable by the owner only. */
  StateFile create(String name) throws IOException;

  /** Opens an existing file; {@link java.nio.file.NoSuchFileException} when there is none. */
  StateFile open(String name) throws IOException;

  boolean exists(String name);

  /** Replaces {@code to}, in one step, if it exists. */
  void rename(String from, String to) throws IOException;

  /** Removes the name if it exists. */
  void delete(String name) throws IOException;

  /** All names, in no particular order. */
  List<String> names() throws IOException;

  /** Makes all names durable as they are now. */
  void syncDirectory() throws IOException;
}
