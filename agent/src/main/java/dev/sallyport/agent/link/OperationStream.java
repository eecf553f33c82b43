package dev.sallyport.agent.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.BiFunction;

import dev.sallyport.agent.execute.Run;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.session.stream.StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * One order of the server's, on a virtual thread: reads the arguments, has the operation started or found, and sends output and result
 * at the pace the server takes them. When the stream or the session ends early, only this thread does; the operation goes on.
 */
final class OperationStream implements Runnable {
  private static final int MAX_RESULT_PIECE_BYTES = (16 << 10) - 1;

  private final SessionStream stream;
  private final byte[] metadata;
  private final BiFunction<OpenMetadata, byte[], Run> executor;

  OperationStream(SessionStream stream, byte[] metadata, BiFunction<OpenMetadata, byte[], Run> executor) {
    this.stream = stream;
    this.metadata = metadata;
    this.executor = executor;
  }

  @Override
  public void run() {
    try {
      OpenMetadata order = OpenMetadata.decode(metadata);
      executor.apply(order, arguments()).deliver(order.from(), new Sender());
    } catch (ProtocolException e) {
      stream.reset(ResetCode.REFUSED.code());
    } catch (IOException | InterruptedException e) {
      // What is stored cannot be read: the server may ask again.
      stream.reset(ResetCode.INTERNAL.code());
    } catch (GoneException e) {
      // The operation does not depend on its listener.
      return;
    }
  }

  private byte[] arguments() throws GoneException, InterruptedException {
    var arguments = new ByteArrayOutputStream();
    for (byte[] body = read(); body != null; body = read()) {
      if (arguments.size() + body.length > Operations.MAX_ARGUMENT_BYTES) {
        throw new ProtocolException("more than " + Operations.MAX_ARGUMENT_BYTES + " bytes of arguments");
      }
      arguments.writeBytes(body);
    }
    return arguments.toByteArray();
  }

  private byte @Nullable [] read() throws GoneException, InterruptedException {
    try {
      return stream.read();
    } catch (StreamResetException | SessionClosedException e) {
      throw new GoneException(e);
    }
  }

  /** Nobody listens any more. */
  private static final class GoneException extends Exception {
    private static final long serialVersionUID = 1L;

    GoneException(Exception cause) {
      super(cause);
    }
  }

  private final class Sender implements Run.Receiver<GoneException> {
    @Override
    public void output(byte[] piece) throws GoneException, InterruptedException {
      write(piece, false);
    }

    @Override
    public void result(Bytes encoded) throws GoneException, InterruptedException {
      byte[] result = encoded.toArray();
      int sent = 0;
      while (sent < result.length) {
        int count = Math.min(MAX_RESULT_PIECE_BYTES, result.length - sent);
        byte[] piece = new byte[1 + count];
        piece[0] = OutputChannel.RESULT.code();
        System.arraycopy(result, sent, piece, 1, count);
        sent += count;
        write(piece, sent == result.length);
      }
    }

    private void write(byte[] body, boolean last) throws GoneException, InterruptedException {
      try {
        stream.write(body, last);
      } catch (StreamResetException | SessionClosedException e) {
        throw new GoneException(e);
      }
    }
  }
}
