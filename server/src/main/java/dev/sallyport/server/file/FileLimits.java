package dev.sallyport.server.file;

import java.time.Duration;

/**
 * How much the store of files may take.
 *
 * @param fileBytes most bytes of one file
 * @param allBytes most bytes of all files together, those that are still coming among them
 * @param freeBytes what is left free on the disk, whatever else is allowed
 * @param keep how long a file is kept when nothing is said
 */
public record FileLimits(long fileBytes, long allBytes, long freeBytes, Duration keep) {
  /** The longest a file may be kept: ten years. */
  public static final Duration MAX_KEEP = Duration.ofDays(3650);

  /** How long a file of which only the beginning has come is kept, for whoever goes on with it; as long as an agent keeps one. */
  public static final Duration KEEP_PARTS = Duration.ofDays(7);

  /** A body beyond this is refused before the store is asked, which refuses less and says more: 1 TiB. */
  public static final long MAX_BODY_BYTES = 1L << 40;

  /** 16 GiB a file, 256 GiB all, a GiB stays free, kept for 30 days. */
  public static final FileLimits DEFAULT = new FileLimits(16L << 30, 256L << 30, 1L << 30, Duration.ofDays(30));
}
