/** TCP connections that keep to one deadline while they come about, and the routes they may take. */
@NullMarked
package dev.sallyport.transport.socket;

import org.jspecify.annotations.NullMarked;
