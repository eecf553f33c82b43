/** Where proxies are configured (K6), asked anew at every attempt: this agent's own setting, the environment, the desktop, the network itself. */
@NullMarked
package dev.sallyport.transport.proxy.discovery;

import org.jspecify.annotations.NullMarked;
