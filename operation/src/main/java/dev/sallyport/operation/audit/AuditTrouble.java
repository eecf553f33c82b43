package dev.sallyport.operation.audit;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.operation.Outcome;

/** A section could not be audited; carries what the operation comes to. */
final class AuditTrouble extends Exception {
  private static final long serialVersionUID = 1L;

  final transient Ending ending;

  AuditTrouble(Ending ending) {
    super(ending.reason(), null, false, false);
    this.ending = ending;
  }

  AuditTrouble(String reason) {
    this(Ending.without(Outcome.FAILED, reason));
  }
}
