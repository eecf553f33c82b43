package dev.sallyport.server.directive.record;

/**
 * How far a directive has come.
 *
 * @param openRuns runs that have not ended
 * @param sequence number of its last change
 */
public record Progress(long openRuns, long sequence) {
  /** That of a directive that is not there. */
  static final Progress NONE = new Progress(0, 0);
}
