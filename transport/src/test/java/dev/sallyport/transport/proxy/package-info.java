/** Proxies that say what a script says. */
@NullMarked
package dev.sallyport.transport.proxy;

import org.jspecify.annotations.NullMarked;
