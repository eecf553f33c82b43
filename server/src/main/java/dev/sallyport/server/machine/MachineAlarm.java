package dev.sallyport.server.machine;

import java.time.Instant;

/**
 * Something odd about a machine's rolling secret that a person should look at.
 *
 * @param kind {@code resync}, {@code no-common-secret} or {@code attempt-rollback}
 * @param detail what it means, for people
 */
public record MachineAlarm(Instant at, String kind, String detail) {}
