/** What networks say of their proxies. */
@NullMarked
package dev.sallyport.transport.proxy.wpad;

import org.jspecify.annotations.NullMarked;
