/** Everybody who is no agent: their bytes are carried to the web part and back, unread. */
@NullMarked
package dev.sallyport.gateway.relay;

import org.jspecify.annotations.NullMarked;
