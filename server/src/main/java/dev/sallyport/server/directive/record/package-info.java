/** Directives and their runs as they stand in the database: the values and the SQL, nothing that decides. */
@NullMarked
package dev.sallyport.server.directive.record;

import org.jspecify.annotations.NullMarked;
