package dev.sallyport.gateway;

import dev.sallyport.protocol.channel.OutputChannel;

/** Takes an operation's output as it arrives, on the thread that called. */
@FunctionalInterface
public interface OutputSink {
  /**
   * @param channel standard output or standard error, never the result
   * @param bytes the next piece, the receiver's own; hostile, as everything an agent sends
   * @param position where in the output of both channels together the piece begins, in bytes from the start
   */
  void output(OutputChannel channel, byte[] bytes, long position);

  /** For operations that have no output. */
  static OutputSink none() {
    return (channel, bytes, position) -> {
    };
  }
}
