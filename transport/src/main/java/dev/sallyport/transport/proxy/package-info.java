/**
 * Routes through proxies (K6): HTTP and SOCKS; where they are configured is found out in {@code discovery}. A proxy is nobody's friend: it sees that an
 * agent calls and nothing of what is said, and what it answers is read as if it were hostile.
 */
@NullMarked
package dev.sallyport.transport.proxy;

import org.jspecify.annotations.NullMarked;
