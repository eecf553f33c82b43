package dev.sallyport.server.procedure;

import java.time.Instant;

/**
 * One version of a procedure, which never changes.
 *
 * @param version from 1
 * @param source its text
 * @param account who saved it
 * @param accountName that account's name at the time
 */
public record ProcedureVersion(String name, long version, String source, Instant created, String account,
    String accountName) {}
