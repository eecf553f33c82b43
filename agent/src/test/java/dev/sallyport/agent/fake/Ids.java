package dev.sallyport.agent.fake;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.sallyport.protocol.operation.OperationId;

/** Ids as a server makes them: version 7 UUIDs, RFC 9562 section 5.7. */
public final class Ids {
  private static final AtomicLong NUMBER = new AtomicLong();

  private Ids() {
  }

  /** A new id, made now. */
  public static OperationId next() {
    return madeAt(Instant.now());
  }

  public static OperationId madeAt(Instant time) {
    return OperationId
        .of(new UUID(time.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L | NUMBER.incrementAndGet()), 0);
  }
}
