/** Answers where a machine's agent is connected, and carries calls there; in one process this is a map. */
@NullMarked
package dev.sallyport.server.switchboard;

import org.jspecify.annotations.NullMarked;
