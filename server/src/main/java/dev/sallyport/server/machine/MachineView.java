package dev.sallyport.server.machine;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A machine as the API shows it. All of its text but ids and words is the machine's own: whoever shows it must escape it.
 *
 * @param site the site's name
 * @param state {@code online}, {@code offline}, {@code pending}, {@code quarantined} or {@code revoked}
 * @param inspectedBy who opens TLS between the machine and this server (a company's inspecting proxy), or empty; the directives inside stay
 *   unreadable to it
 * @param since when that state began, as far as it is known
 * @param lastSeen when it was last known to be there
 * @param tags what operators call it
 */
public record MachineView(String id, String name, String site, String state, String os, String kernel, String arch,
    String agentVersion, String address, String transport, String inspectedBy, @Nullable Instant since,
    @Nullable Instant lastSeen,
    Instant enrolled, Set<String> tags) {}
