/** Accounts: how they prove who they are, and how the first one comes to be. */
@NullMarked
package dev.sallyport.server.access.account;

import org.jspecify.annotations.NullMarked;
