package dev.sallyport.server.procedure.expression;

import dev.sallyport.protocol.json.Json;

/** What names stand for at one moment. */
@FunctionalInterface
public interface Scope {
  /** The value of a name; {@code null} of JSON if nothing has it yet. */
  Json value(String name);
}
