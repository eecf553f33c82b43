package dev.sallyport.operation;

import java.time.Duration;
import java.util.Set;

import dev.sallyport.protocol.operation.ActionClass;
import dev.sallyport.protocol.operation.Effect;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.Platform;
import dev.sallyport.protocol.operation.Privilege;

/** What operations that only look at the machine have in common. */
public final class Reading {
  /** A look at the machine takes milliseconds; a device that hangs must not hang its reader for ever. */
  public static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  private Reading() {
  }

  public static OperationDescription describe(String name) {
    return new OperationDescription(name, 1, Effect.READ, Privilege.ORDINARY, ActionClass.READ, TIME_LIMIT, 0,
        Set.of(Platform.LINUX));
  }
}
