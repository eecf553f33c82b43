package dev.sallyport.server.access.account;

import dev.sallyport.server.access.Role;

/**
 * A person or program that may log in.
 *
 * @param id made at creation, never reused
 * @param name what it logs in with, in lower case
 * @param role what it may do
 * @param enabled whether it may do anything at all now
 */
public record Account(String id, String name, Role role, boolean enabled) {}
