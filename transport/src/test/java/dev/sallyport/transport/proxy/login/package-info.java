/** What proxies offer. */
@NullMarked
package dev.sallyport.transport.proxy.login;

import org.jspecify.annotations.NullMarked;
