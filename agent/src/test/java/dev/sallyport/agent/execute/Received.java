package dev.sallyport.agent.execute;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.OperationResult;

/** What somebody who listened to a run has received. */
final class Received implements Run.Receiver<RuntimeException> {
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private Bytes result = Bytes.EMPTY;

  /** Listens to the end. */
  static Received of(Run run, long from) {
    var received = new Received();
    try {
      run.deliver(from, received);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return received;
  }

  static Received of(Run run) {
    return of(run, 0);
  }

  @Override
  public synchronized void output(byte[] piece) {
    (OutputChannel.ofCode(piece[0]) == OutputChannel.STDOUT ? stdout : stderr).write(piece, 1, piece.length - 1);
  }

  @Override
  public synchronized void result(Bytes encoded) {
    result = encoded;
  }

  synchronized String stdout() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  synchronized String stderr() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  synchronized int bytes() {
    return stdout.size() + stderr.size();
  }

  synchronized OperationResult result() {
    return OperationResult.decode(result.toArray());
  }
}
