package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.json.JsonObject;

/**
 * Something an agent can do ("primitive operation", K8): typed arguments, and a {@link #description} that says everything else about it.
 * Operations of one kind are a family: a sealed interface with a record for each.
 *
 * <p>Where an operating system lacks what an operation needs, the agent answers {@link Outcome#UNSUPPORTED}, never with a
 * fake.
 */
public sealed interface Operation
    permits ProcessOperation, PowerOperation, HostOperation, FileOperation, RegistryOperation,
    EventOperation, ValueOperation, UserOperation, AuditOperation, LibraryOperation {

  /** Returns what is declared about all operations of this name; the same object each time. */
  OperationDescription description();

  /** Returns the arguments as they travel; equal operations give equal bytes, in every process and version. */
  JsonObject arguments();

  /** Returns the name on the wire, {@code <noun>.<verb or noun>}. */
  default String name() {
    return description().name();
  }

  /** Returns whether running it may change the machine. */
  default Effect effect() {
    return description().effect();
  }

  /** Returns what is said about the raw bytes that follow the arguments; {@link InputDigest#NONE} where nothing may follow. */
  default InputDigest input() {
    return InputDigest.NONE;
  }

  /** Returns the most bytes of output that are kept of this run of it, no more than its description says. */
  default long outputLimit() {
    return description().outputLimit();
  }
}
