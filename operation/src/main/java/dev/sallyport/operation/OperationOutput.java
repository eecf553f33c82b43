package dev.sallyport.operation;

import dev.sallyport.protocol.channel.OutputChannel;

/**
 * Where an operation writes what it produces, as it appears. Never blocks on the network; what exceeds the operation's output limit
 * is dropped and the result says so.
 */
@FunctionalInterface
public interface OperationOutput {
  /**
   * Takes the bytes before returning; may be called from several threads.
   *
   * @param channel {@link OutputChannel#STDOUT} or {@link OutputChannel#STDERR}
   */
  void write(OutputChannel channel, byte[] bytes, int offset, int length);
}
