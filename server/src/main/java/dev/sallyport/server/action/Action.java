package dev.sallyport.server.action;

import java.util.Set;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;

/**
 * Something an operator can ask of a machine, made of operations.
 *
 * <p>An action is stateless and runs on a thread of its own, once per machine, in plain blocking code. After a lost link or a
 * restart of the server it is run again <em>from its beginning</em>: an operation that already happened answers what it answered then,
 * because it carries the same number. So which operations are asked for, in which order and with which arguments, must follow
 * from the parameters and from earlier results alone, never from the clock, from randomness or from the server's state. An operation that
 * differs from the one first asked for under its number is refused by the agent.
 */
public interface Action {
  /** Most bytes, as JSON, of the value an action may return. */
  int MAX_VALUE_BYTES = 256 * 1024;

  /** Tells people and programs what this action is and takes; the name in it is how it is found. */
  ActionDescription description();

  /**
   * Judges what the description cannot, before an order is accepted.
   *
   * @param parameters valid by the description
   * @throws ProtocolException naming what is wrong and what it should be
   */
  default void check(JsonObject parameters) {
  }

  /**
   * Every class of action that giving it with these parameters takes; whoever lacks one of them may not.
   *
   * @param parameters valid by the description
   */
  default Set<ActionClass> classes(JsonObject parameters) {
    return Set.of(description().actionClass());
  }

  /**
   * Completes parameters before they are stored, by what must stay the same however often the action is run for the order: which version
   * of a thing is the newest, say.
   *
   * @param parameters valid by the description
   * @throws ProtocolException naming what is wrong and what it should be
   */
  default JsonObject settle(JsonObject parameters) {
    return parameters;
  }

  /**
   * The machines that what these parameters send elsewhere came from.
   *
   * @param parameters valid by the description, and settled
   */
  default Set<String> sources(JsonObject parameters) {
    return Set.of();
  }

  /**
   * Does it on one machine.
   *
   * @return what was found out, at most {@value #MAX_VALUE_BYTES} bytes as JSON; empty if the output and exit code say it all
   */
  JsonObject run(ActionContext context);

  /** The name by which it is found. */
  default String name() {
    return description().name();
  }
}
