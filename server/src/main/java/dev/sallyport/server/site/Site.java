package dev.sallyport.server.site;

import java.time.Instant;

/**
 * Machines with one owner and one policy.
 *
 * @param id a random UUID
 * @param name for people
 */
public record Site(String id, String name, Instant created) {}
