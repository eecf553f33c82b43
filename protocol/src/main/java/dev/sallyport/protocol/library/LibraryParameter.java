package dev.sallyport.protocol.library;

import dev.sallyport.protocol.ProtocolException;

/**
 * A parameter of a library's function.
 *
 * @param name for people
 * @param type of its values
 */
public record LibraryParameter(String name, ValueType type) {
  /** Checks. */
  public LibraryParameter {
    LibraryId.require("parameter name", name);
    if (!type.isForParameters()) {
      throw new ProtocolException("parameter " + name + ": its type can only be that of a result");
    }
  }
}
