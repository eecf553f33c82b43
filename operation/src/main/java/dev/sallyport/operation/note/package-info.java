/** What operations leave behind for the agent's next start: small durable notes in the agent's own directory. */
@NullMarked
package dev.sallyport.operation.note;

import org.jspecify.annotations.NullMarked;
