/** Notices networks: whether there is any, which one it is, and when that changes (K3). */
@NullMarked
package dev.sallyport.agent.network;

import org.jspecify.annotations.NullMarked;
