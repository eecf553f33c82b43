package dev.sallyport.agent.library;

import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.operation.Limits;

/** The code of a loaded version, wherever it runs. For several threads. */
interface Code {
  /**
   * Calls a function and waits for its end, at most as long as the limits say; an interrupt of the calling thread cancels it. Whatever the
   * library does, this returns.
   */
  Ending call(LibraryFunction function, List<Json> parameters, Limits limits, CallOutput output);

  /** Whether a call was given up and may still be at work inside: then further calls go to a fresh copy. */
  boolean spoilt();

  /** Ends what the library has started; nobody calls any more. Does not wait. */
  void close();
}
