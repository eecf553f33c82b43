/** How an agent shows an HTTP proxy whom it serves: the schemes of {@code Proxy-Authorization} (RFC 9110 section 11), the strongest first. */
@NullMarked
package dev.sallyport.transport.proxy.login;

import org.jspecify.annotations.NullMarked;
