package dev.sallyport.server.directive.record;

/**
 * A piece of a run's log.
 *
 * @param position of its first byte in the run's log, from 0
 * @param step the operation that wrote it, from 0
 * @param bytes at least one byte; not to be changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the point, and copying them at each border is the cost
public record OutputChunk(RunKey key, long position, int step, Channel channel, byte[] bytes) {
  /** Most bytes of one piece. */
  public static final int MAX_BYTES = 64 * 1024;
}
