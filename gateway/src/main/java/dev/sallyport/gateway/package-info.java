/**
 * Where agents arrive. The gateway admits, authenticates and carries; it decides nothing: whom to trust it asks an
 * {@link dev.sallyport.gateway.AgentDirectory}, what arrived it tells a {@link dev.sallyport.gateway.LinkListener}.
 */
@NullMarked
package dev.sallyport.gateway;

import org.jspecify.annotations.NullMarked;
