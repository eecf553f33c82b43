/** Files on the server: on their way to machines, or fetched from them. */
@NullMarked
package dev.sallyport.server.file;

import org.jspecify.annotations.NullMarked;
