package dev.sallyport.operation;

import java.io.IOException;
import java.io.InputStream;

/** The raw bytes that came with an order, complete and as the order says they are. */
@FunctionalInterface
public interface OperationInput {
  /** Of operations without input. */
  OperationInput NONE = InputStream::nullInputStream;

  /** Reads them from their beginning; the caller closes. */
  InputStream open() throws IOException;
}
