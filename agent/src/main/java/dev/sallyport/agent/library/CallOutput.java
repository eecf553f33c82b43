package dev.sallyport.agent.library;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import dev.sallyport.operation.OperationOutput;
import dev.sallyport.protocol.channel.OutputChannel;

/** What a call prints, until its end; a library that was given up prints into nothing. */
final class CallOutput implements Consumer<String> {
  private final OperationOutput output;
  private boolean open = true;

  CallOutput(OperationOutput output) {
    this.output = output;
  }

  @Override
  public void accept(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      if (open) {
        output.write(OutputChannel.STDOUT, bytes, 0, bytes.length);
      }
    }
  }

  synchronized void close() {
    open = false;
  }
}
