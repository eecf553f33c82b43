package dev.sallyport.agent.execute;

import java.io.IOException;

import dev.sallyport.operation.OperationOutput;
import org.jspecify.annotations.Nullable;

/** The output of one run, between the operation that writes it and the network that takes it. */
interface RunOutput extends OperationOutput {
  /** Most bytes of one piece: fits a DATA frame with its channel byte. */
  int MAX_PIECE_BYTES = (16 << 10) - 1;

  /** Nothing more will be written. */
  void seal();

  /** How many bytes were taken. */
  long kept();

  /** Whether bytes were dropped, because of the operation's limit or for want of room. */
  boolean cut();

  /** A reader that begins so many bytes of output after the start. */
  Reader reader(long from);

  /** One reader; not for several threads. */
  interface Reader extends AutoCloseable {
    /** Waits for the next piece: the channel's code, then at most {@link #MAX_PIECE_BYTES}; null at the end. */
    byte @Nullable [] next() throws IOException, InterruptedException;

    @Override
    void close();
  }
}
