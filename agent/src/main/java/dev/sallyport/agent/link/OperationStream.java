package dev.sallyport.agent.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import dev.sallyport.agent.execute.InputSpool;
import dev.sallyport.agent.execute.Run;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.session.stream.Priority;
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

  /** Whose output is longer than this is no conversation: others may overtake it. 1 MiB. */
  private static final long CONVERSATION_BYTES = 1 << 20;

  private final SessionStream stream;
  private final byte[] metadata;
  private final Orders orders;

  OperationStream(SessionStream stream, byte[] metadata, Orders orders) {
    this.stream = stream;
    this.metadata = metadata;
    this.orders = orders;
  }

  @Override
  public void run() {
    InputSpool input = orders.newInput();
    try {
      OpenMetadata order = OpenMetadata.decode(metadata);
      byte[] arguments = order.hasInput() ? argumentsAndInput(order.argumentBytes(), input) : arguments();
      tell(orders.open(order, arguments, input), order.from());
    } catch (ProtocolException e) {
      stream.reset(ResetCode.REFUSED.code());
    } catch (IOException | InterruptedException e) {
      // What is stored cannot be read: the server may ask again.
      stream.reset(ResetCode.INTERNAL.code());
    } catch (GoneException e) {
      // The operation does not depend on its listener.
      return;
    } finally {
      input.closeUnlessTaken();
    }
  }

  private void tell(Run run, long from) throws IOException, GoneException, InterruptedException {
    try {
      run.deliver(from, new Sender());
    } catch (GoneException e) {
      run.forsake();
      throw e;
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

  /** A frame may hold the end of the one and the beginning of the other. */
  private byte[] argumentsAndInput(int argumentBytes, InputSpool input) throws GoneException, InterruptedException {
    stream.priority(Priority.BULK);
    byte[] arguments = new byte[argumentBytes];
    int have = 0;
    for (byte[] body = read(); body != null; body = read()) {
      int first = Math.min(body.length, argumentBytes - have);
      System.arraycopy(body, 0, arguments, have, first);
      have += first;
      input.add(body, first, body.length - first);
    }
    if (have < argumentBytes) {
      throw new ProtocolException("fewer than " + argumentBytes + " bytes of arguments");
    }
    return arguments;
  }

  private byte @Nullable [] read() throws GoneException, InterruptedException {
    try {
      return stream.read();
    } catch (StreamResetException | SessionClosedException e) {
      throw new GoneException(e);
    }
  }

  /** Where orders go. */
  interface Orders {
    InputSpool newInput();

    /** Starts or finds the run, and closes the input when it is not needed any more. */
    Run open(OpenMetadata order, byte[] arguments, InputSpool input);
  }

  /** Nobody listens any more. */
  private static final class GoneException extends Exception {
    private static final long serialVersionUID = 1L;

    GoneException(Exception cause) {
      super(cause);
    }
  }

  private final class Sender implements Run.Receiver<GoneException> {
    private long said;

    @Override
    public void output(byte[] piece) throws GoneException, InterruptedException {
      said += piece.length;
      if (said > CONVERSATION_BYTES) {
        stream.priority(Priority.BULK);
      }
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
