package dev.sallyport.protocol.operation;

import java.util.UUID;

import dev.sallyport.protocol.ProtocolException;

/**
 * Names one operation for ever: {@code <directive>/<step>}, the directive a lower-case UUID (version 7 as the server makes
 * them, RFC 9562), the step a decimal number without leading zeros.
 *
 * <p>An id is opaque, of a fixed alphabet and has one spelling; it is never part of a path (incident T14).
 */
public record OperationId(String value) {
  /** Most characters of an id. */
  public static final int MAX_LENGTH = 48;

  private static final int UUID_LENGTH = 36;

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
    return UUID.fromString(value.substring(0, UUID_LENGTH));
  }

  /** Returns the number of the step. */
  public long step() {
    return Long.parseLong(value.substring(UUID_LENGTH + 1));
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean wellFormed(String value) {
    int length = value.length();
    if (length < UUID_LENGTH + 2 || length > MAX_LENGTH || value.charAt(UUID_LENGTH) != '/') {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? value.charAt(i) != '-' : !lowerHex(value.charAt(i))) {
        return false;
      }
    }
    for (int i = UUID_LENGTH + 1; i < length; i++) {
      if (!digit(value.charAt(i))) {
        return false;
      }
    }
    return length == UUID_LENGTH + 2 || value.charAt(UUID_LENGTH + 1) != '0';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean lowerHex(char c) {
    return digit(c) || (c >= 'a' && c <= 'f');
  }
}
