package dev.sallyport.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.sallyport.protocol.Bytes;

/** The raw bytes that go with an operation. They are read anew for each call, since a call may have to be made again. */
@FunctionalInterface
public interface CallInput {
  /** Of operations that take no input. */
  CallInput NONE = InputStream::nullInputStream;

  /** Reads them from their beginning; exactly as many as the operation says. The caller closes. */
  InputStream open() throws IOException;

  /** Bytes that are in memory. */
  static CallInput of(Bytes bytes) {
    return () -> new ByteArrayInputStream(bytes.toArray());
  }
}
