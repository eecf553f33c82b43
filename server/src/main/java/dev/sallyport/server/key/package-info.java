/** The server's secret keys: files that only its user may read, outside the database. */
@NullMarked
package dev.sallyport.server.key;

import org.jspecify.annotations.NullMarked;
