/** One line per event for the person who looks after the machine; no credentials, no flood. */
@NullMarked
package dev.sallyport.agent.log;

import org.jspecify.annotations.NullMarked;
