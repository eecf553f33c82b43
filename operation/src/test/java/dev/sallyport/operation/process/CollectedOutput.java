package dev.sallyport.operation.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import dev.sallyport.operation.OperationOutput;
import dev.sallyport.protocol.channel.OutputChannel;

/** Keeps what an operation wrote. */
final class CollectedOutput implements OperationOutput {
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  @Override
  public synchronized void write(OutputChannel channel, byte[] bytes, int offset, int length) {
    (channel == OutputChannel.STDOUT ? stdout : stderr).write(bytes, offset, length);
  }

  synchronized byte[] bytes(OutputChannel channel) {
    return (channel == OutputChannel.STDOUT ? stdout : stderr).toByteArray();
  }

  String stdout() {
    return new String(bytes(OutputChannel.STDOUT), StandardCharsets.UTF_8);
  }

  String stderr() {
    return new String(bytes(OutputChannel.STDERR), StandardCharsets.UTF_8);
  }
}
