package dev.sallyport.server.machine;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A machine as stored. Everything from {@code name} on but the times is the machine's own word.
 *
 * @param id an opaque UUID
 * @param site the site it belongs to
 * @param token the enrolment token it came with
 * @param enrolled when it came
 * @param name as it calls itself; not unique
 * @param fingerprint of its hardware, advisory
 * @param address its last link came from
 * @param transport its last link used
 * @param inspectedBy who opened TLS on the way of its last link, or empty
 * @param since when its last link stood, empty if it never had one
 * @param lastSeen when it was last known to be there
 */
public record Machine(String id, String site, MachineState state, String token, Instant enrolled, String name,
    String fingerprint,
    String os, String kernel, String arch, String agentVersion, String bootId, String address, String transport,
    String inspectedBy,
    Optional<Instant> since,
    Optional<Instant> lastSeen) {
  /** The form of a name that names are compared and sorted by. */
  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
