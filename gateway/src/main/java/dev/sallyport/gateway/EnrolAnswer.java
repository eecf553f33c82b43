package dev.sallyport.gateway;

import dev.sallyport.protocol.enrol.EnrolGrant;

/** What became of an {@link EnrolCommand}. */
public sealed interface EnrolAnswer {
  /**
   * The machine is enrolled, or was so by the same key and token before.
   *
   * @param grant told to the agent
   */
  record Granted(EnrolGrant grant) implements EnrolAnswer {}

  /** The token ended between HELLO and CONFIRM, or a newer attempt was faster. */
  record Denied(RefusalReason reason) implements EnrolAnswer {}
}
