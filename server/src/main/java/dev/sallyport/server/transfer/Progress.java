package dev.sallyport.server.transfer;

import java.util.Locale;

import dev.sallyport.server.action.Bulk;

/** Tells in ten lines at most how far a file has come; the same lines whenever the action is run again. */
final class Progress {
  /** Nobody waits for less than this: 32 MiB. */
  private static final long WORTH_TELLING_BYTES = 32L << 20;
  private static final int LINES = 10;

  private final Bulk bulk;
  private final long size;
  private int told;

  Progress(Bulk bulk, long size) {
    this.bulk = bulk;
    this.size = size;
    this.told = size < WORTH_TELLING_BYTES ? LINES : 0;
  }

  /** So many bytes are over there. */
  void reached(long bytes) {
    while (told < LINES && bytes >= size / LINES * (told + 1)) {
      told++;
      bulk.tell(told * 100 / LINES + " % of " + mib());
    }
  }

  private String mib() {
    return String.format(Locale.ROOT, "%.1f MiB", size / (double) (1 << 20));
  }
}
