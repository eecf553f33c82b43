package dev.sallyport.testing.agent;

import java.util.concurrent.Executor;

import dev.sallyport.session.stream.SessionStream;

/** What a fake agent does with the streams that the server opens for operations. Called on the reader; must not block. */
@FunctionalInterface
public interface OperationStreams {
  /** The server opened a stream for an operation. */
  void opened(SessionStream stream, byte[] metadata);

  /**
   * Answers each by a script, as an honest agent would.
   *
   * @param threads run the answers; virtual ones are best
   */
  static OperationStreams scripted(OperationScript script, Executor threads) {
    return (stream, metadata) -> threads.execute(new OperationTalk(stream, metadata, script));
  }
}
