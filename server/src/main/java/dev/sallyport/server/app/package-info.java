/** The server process: settings, data directory, start, the wiring of the features, and an orderly end. */
@NullMarked
package dev.sallyport.server.app;

import org.jspecify.annotations.NullMarked;
