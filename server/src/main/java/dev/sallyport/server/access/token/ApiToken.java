package dev.sallyport.server.access.token;

import java.time.Instant;

import dev.sallyport.server.access.Role;

/**
 * An API token without its secret.
 *
 * @param account whom it stands for
 * @param label the owner's word for it
 * @param role the most it may do; never more than the account may at the time
 */
record ApiToken(String id, String account, String label, Role role, Instant created, Instant expires) {}
