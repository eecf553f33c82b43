package dev.sallyport.server.backup;

/** Hears how far it has come; called often, from one thread. */
public interface Progress {
  /**
   * @param rows of the database so far
   * @param files so far
   * @param bytes of the files so far
   */
  void at(long rows, long files, long bytes);
}
