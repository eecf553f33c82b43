/** The whole server in one encrypted file, and back: database, keys, files. */
@NullMarked
package dev.sallyport.server.backup;

import org.jspecify.annotations.NullMarked;
