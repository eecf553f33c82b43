package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.json.JsonObject;

/**
 * Something an agent can do ("primitive operation", K8): a name and typed arguments.
 *
 * <p>Where an operating system lacks what an operation needs, the agent answers {@link Outcome#UNSUPPORTED}, never with a
 * fake.
 */
public sealed interface Operation permits RunProgram, RunShell, HostProperties, ProcessorProperties, MemoryProperties,
    DiskProperties, AddressProperties, FileProperties {

  /** Returns the name on the wire, {@code <noun>.<verb or noun>}. */
  String name();

  /** Returns the arguments as they travel; equal operations give equal bytes, in every process and version. */
  JsonObject arguments();

  /** Returns whether running it may change the machine. */
  Effect effect();
}
