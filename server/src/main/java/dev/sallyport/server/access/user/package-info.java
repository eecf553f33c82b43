/** Other people's accounts: who there is, what they are granted, and how they come to a password. */
@NullMarked
package dev.sallyport.server.access.user;

import org.jspecify.annotations.NullMarked;
