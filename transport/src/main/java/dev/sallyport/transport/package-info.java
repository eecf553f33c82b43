/** How the bytes of a session travel: a wire carries whole messages, a dialer opens one. */
@NullMarked
package dev.sallyport.transport;

import org.jspecify.annotations.NullMarked;
