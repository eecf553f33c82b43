/** The routes of the domain over real HTTP: a whole server, operators with tokens, machines that speak the real protocol. */
@NullMarked
package dev.sallyport.server.api;

import org.jspecify.annotations.NullMarked;
