package dev.sallyport.testing.agent;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionLimits;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.session.stream.StreamResetException;

/** One operation's stream, from the agent's side. */
final class OperationTalk implements Runnable {
  private static final int PIECE_BYTES = SessionLimits.QUANTUM_BYTES - 1;

  private final SessionStream stream;
  private final byte[] metadata;
  private final OperationScript script;

  OperationTalk(SessionStream stream, byte[] metadata, OperationScript script) {
    this.stream = stream;
    this.metadata = metadata;
    this.script = script;
  }

  @Override
  public void run() {
    try {
      OpenMetadata opening = OpenMetadata.decode(metadata);
      byte[] all = arguments();
      byte[] arguments = opening.hasInput() ? Arrays.copyOf(all, opening.argumentBytes()) : all;
      say(answer(opening, arguments), opening.from());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      stream.reset(ResetCode.INTERNAL.code()); // of a session that is over, this does nothing
    }
  }

  private byte[] arguments() throws SessionClosedException, StreamResetException, InterruptedException {
    ByteArrayOutputStream arguments = new ByteArrayOutputStream();
    for (byte[] body = stream.read(); body != null; body = stream.read()) {
      arguments.writeBytes(body);
    }
    return arguments.toByteArray();
  }

  private Answer answer(OpenMetadata opening, byte[] arguments) throws Exception {
    try {
      return script.answer(opening.id(), Operations.decode(opening.operation(), arguments));
    } catch (ProtocolException e) {
      return Answer.without(Outcome.UNSUPPORTED, String.valueOf(e.getMessage()));
    }
  }

  private void say(Answer answer, long from) throws SessionClosedException, StreamResetException, InterruptedException {
    long skip = from;
    for (Answer.Piece piece : answer.output()) {
      int begin = (int) Math.min(skip, piece.bytes().length);
      skip -= begin;
      for (int at = begin; at < piece.bytes().length; at += PIECE_BYTES) {
        int end = Math.min(at + PIECE_BYTES, piece.bytes().length);
        stream.write(channelled(piece.channel(), piece.bytes(), at, end), false);
      }
    }
    byte[] result = answer.result().encode();
    for (int at = 0; at < result.length; at += PIECE_BYTES) {
      int end = Math.min(at + PIECE_BYTES, result.length);
      stream.write(channelled(OutputChannel.RESULT, result, at, end), end == result.length);
    }
  }

  private static byte[] channelled(OutputChannel channel, byte[] bytes, int from, int to) {
    byte[] body = new byte[1 + to - from];
    body[0] = channel.code();
    System.arraycopy(bytes, from, body, 1, to - from);
    return body;
  }
}
