package dev.sallyport.server.file;

/** Files travel to machines and back in blocks of {@value #BYTES} bytes; the last one is what is left. */
public final class Blocks {
  /** Bytes of a block: 4 MiB. An agent spools a block before it begins to write it, and both ends note each in what survives a crash. */
  public static final int BYTES = 4 << 20;

  private Blocks() {
  }

  /** How many blocks so many bytes are. */
  public static int count(long bytes) {
    return Math.toIntExact((bytes + BYTES - 1) / BYTES);
  }

  /** Bytes of one block of a file of this size. */
  public static int length(long bytes, int index) {
    return (int) Math.min(BYTES, bytes - offset(index));
  }

  /** Where a block begins. */
  public static long offset(int index) {
    return (long) index * BYTES;
  }
}
