/** Where the server keeps what must survive: one database behind one group-commit writer, and the vault for secrets in it. */
@NullMarked
package dev.sallyport.server.store;

import org.jspecify.annotations.NullMarked;
