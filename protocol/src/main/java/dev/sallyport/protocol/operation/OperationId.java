package dev.sallyport.protocol.operation;

import java.util.UUID;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;

/**
 * Names one operation for ever: {@code <directive>/<step>}, the directive a lower-case UUID (version 7 as the server makes
 * them, RFC 9562), the step a decimal number without leading zeros.
 *
 * <p>An id is opaque, of a fixed alphabet and has one spelling; it is never part of a path (incident T14).
 */
public record OperationId(String value) {
  /** Most characters of an id. */
  public static final int MAX_LENGTH = 48;

  /** Refuses everything but the one spelling. */
  public OperationId {
    if (!wellFormed(value)) {
      throw new ProtocolException("expected an operation id \"<lower-case uuid>/<step>\" of at most " + MAX_LENGTH
          + " characters");
    }
  }

  /** Returns the id of a step, counted from 0, of a directive. */
  public static OperationId of(UUID directive, long step) {
    return new OperationId(directive + "/" + step);
  }

  /** Returns the id of the directive. */
  public UUID directive() {
    return UUID.fromString(value.substring(0, Uuids.LENGTH));
  }

  /** Returns the number of the step. */
  public long step() {
    return Long.parseLong(value.substring(Uuids.LENGTH + 1));
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean wellFormed(String value) {
    int length = value.length();
    if (length < Uuids.LENGTH + 2 || length > MAX_LENGTH || !Uuids.startsWithUuid(value)
        || value.charAt(Uuids.LENGTH) != '/') {
      return false;
    }
    for (int i = Uuids.LENGTH + 1; i < length; i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return length == Uuids.LENGTH + 2 || value.charAt(Uuids.LENGTH + 1) != '0';
  }
}
