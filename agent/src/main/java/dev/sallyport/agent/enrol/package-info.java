/** Making a machine a member of a site: the bundle, the one handshake with its token, and what is remembered of it. */
@NullMarked
package dev.sallyport.agent.enrol;

import org.jspecify.annotations.NullMarked;
