/** Where proxies come from. */
@NullMarked
package dev.sallyport.transport.proxy.pac;

import org.jspecify.annotations.NullMarked;
