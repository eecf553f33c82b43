package dev.sallyport.operation.audit;

import java.io.IOException;

import dev.sallyport.operation.OperationContext;

/** Where the items of a section come from. */
@FunctionalInterface
interface Source {
  /**
   * Finds them, in any order. What this machine does not have is told by {@link Findings#unsupported}; what it has and cannot be read is an error, for
   * otherwise its items would seem to be gone.
   */
  void gather(Findings findings, OperationContext context) throws IOException, AuditTrouble;
}
