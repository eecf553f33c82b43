package dev.sallyport.server.directive.dispatch;

import java.io.ByteArrayOutputStream;

import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.server.action.Captured;

/** Gathers the beginning of what an operation writes, for the action that reads it. */
final class Capture implements OutputSink {
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  @Override
  public void output(OutputChannel channel, byte[] bytes, long position) {
    switch (channel) {
      case RESULT -> throw new IllegalArgumentException("the result is no output");
      case STDOUT -> take(stdout, bytes, Captured.MAX_BYTES);
      case STDERR -> take(stderr, bytes, Captured.MAX_ERROR_BYTES);
    }
  }

  Captured with(OperationResult result) {
    return new Captured(result, Bytes.of(stdout.toByteArray()), Bytes.of(stderr.toByteArray()));
  }

  private static void take(ByteArrayOutputStream into, byte[] bytes, int most) {
    into.write(bytes, 0, Math.min(bytes.length, most - into.size()));
  }
}
