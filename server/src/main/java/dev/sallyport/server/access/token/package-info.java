/** API tokens: random secrets, stored as hashes, that stand for an account for a while. */
@NullMarked
package dev.sallyport.server.access.token;

import org.jspecify.annotations.NullMarked;
