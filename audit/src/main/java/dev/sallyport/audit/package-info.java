/**
 * The audit log as a data structure: RFC 6962 hashes, C2SP tlog-tiles on a disk, C2SP signed notes as checkpoints, proofs of inclusion and
 * consistency, and the verification of a whole log. Knows nothing of what is recorded.
 */
@NullMarked
package dev.sallyport.audit;

import org.jspecify.annotations.NullMarked;
