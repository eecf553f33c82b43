/** Who may do what: accounts, log-in, sessions, tokens, roles, and the one gate every order passes. */
@NullMarked
package dev.sallyport.server.access;

import org.jspecify.annotations.NullMarked;
