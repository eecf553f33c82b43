/** Where proxies come from. */
@NullMarked
package dev.sallyport.transport.proxy.discovery;

import org.jspecify.annotations.NullMarked;
