package dev.sallyport.gateway.link;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.OperationResult;

/**
 * Takes apart what an agent says in an operation's stream: output first, then the result, nothing else. What it may make us
 * keep is one result of {@link OperationResult#MAX_BYTES}.
 */
final class ResultReader {
  private final OutputSink sink;
  private final ByteArrayOutputStream result = new ByteArrayOutputStream();
  private long position;

  /** @param from where in the output the agent was asked to begin */
  ResultReader(OutputSink sink, long from) {
    this.sink = sink;
    this.position = from;
  }

  /** @throws ProtocolException if no agent may say that */
  void accept(byte[] body) {
    if (body.length == 0) {
      throw new ProtocolException("an operation's data begins with its channel");
    }
    OutputChannel channel = OutputChannel.ofCode(body[0]);
    byte[] piece = Arrays.copyOfRange(body, 1, body.length);
    switch (channel) {
      case RESULT -> result(piece);
      case STDOUT, STDERR -> output(channel, piece);
    }
  }

  private void result(byte[] piece) {
    if (piece.length > OperationResult.MAX_BYTES - result.size()) {
      throw new ProtocolException("a result has at most " + OperationResult.MAX_BYTES + " bytes");
    }
    result.writeBytes(piece);
  }

  private void output(OutputChannel channel, byte[] piece) {
    if (result.size() > 0) {
      throw new ProtocolException("no output follows the result");
    }
    if (piece.length > Limits.MAX_OUTPUT_BYTES - position) {
      throw new ProtocolException("an operation has at most " + Limits.MAX_OUTPUT_BYTES + " bytes of output");
    }
    sink.output(channel, piece, position);
    position += piece.length;
  }

  /**
   * The result, once the agent has said its last.
   *
   * @throws ProtocolException if it is none
   */
  OperationResult result() {
    return OperationResult.decode(result.toByteArray());
  }
}
