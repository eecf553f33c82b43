/**
 * How a machine comes to belong to a site: the signed bundle that an installer carries, what the agent then tells of
 * itself, what it is granted.
 *
 * <p>Signatures are DSSE envelopes ({@link dev.sallyport.protocol.enrol.Dsse}): the exact bytes are signed, nothing is
 * canonicalised, and nothing inside an envelope is read before a signature over it was verified.
 */
@NullMarked
package dev.sallyport.protocol.enrol;

import org.jspecify.annotations.NullMarked;
