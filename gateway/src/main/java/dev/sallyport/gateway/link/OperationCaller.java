package dev.sallyport.gateway.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.channel.StreamKind;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.session.stream.Priority;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionLimits;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.session.stream.StreamResetException;

/** One call of an operation, from its OPEN to its result, on the caller's thread. */
final class OperationCaller {
  private final OperationCall call;
  private final byte[] metadata;
  private final byte[] arguments;

  /** @throws dev.sallyport.protocol.ProtocolException if the call is larger than the protocol allows */
  OperationCaller(OperationCall call) {
    this.call = call;
    arguments = Operations.encode(call.operation());
    metadata = new OpenMetadata(call.id(), call.operation().name(), call.from(), call.latestStart(),
        hasInput() ? arguments.length : 0).encode();
  }

  /** @throws dev.sallyport.protocol.ProtocolException if the agent says what no agent may */
  OperationResult call(Session session, OutputSink sink)
      throws SessionClosedException, StreamResetException, InterruptedException {
    SessionStream stream = session.open(StreamKind.OPERATION.code(), metadata);
    boolean whole = false;
    try {
      write(stream, arguments, !hasInput());
      if (hasInput()) {
        stream.priority(Priority.BULK);
        writeInput(stream);
      }
      OperationResult result = read(stream, new ResultReader(sink, call.from()));
      whole = true;
      return result;
    } finally {
      if (!whole) {
        stream.reset(ResetCode.CANCELLED.code());
      }
    }
  }

  private boolean hasInput() {
    return call.operation().input().bytes() > 0;
  }

  private static void write(SessionStream stream, byte[] arguments, boolean fin)
      throws SessionClosedException, StreamResetException, InterruptedException {
    int at = 0;
    while (arguments.length - at > SessionLimits.QUANTUM_BYTES) {
      stream.write(Arrays.copyOfRange(arguments, at, at + SessionLimits.QUANTUM_BYTES), false);
      at += SessionLimits.QUANTUM_BYTES;
    }
    stream.write(at == 0 ? arguments : Arrays.copyOfRange(arguments, at, arguments.length), fin);
  }

  private void writeInput(SessionStream stream)
      throws SessionClosedException, StreamResetException, InterruptedException {
    int left = call.operation().input().bytes();
    try (InputStream input = call.input().open()) {
      while (left > 0) {
        byte[] piece = input.readNBytes(Math.min(left, SessionLimits.QUANTUM_BYTES));
        if (piece.length == 0) {
          throw new EOFException("the input of " + call.id() + " is " + left + " bytes too short");
        }
        left -= piece.length;
        stream.write(piece, left == 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the input of " + call.id() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static OperationResult read(SessionStream stream, ResultReader reader)
      throws SessionClosedException, StreamResetException, InterruptedException {
    for (byte[] body = stream.read(); body != null; body = stream.read()) {
      reader.accept(body);
    }
    return reader.result();
  }
}
