/** What finds proxies on a machine, with real programs. */
@NullMarked
package dev.sallyport.agent.proxy;

import org.jspecify.annotations.NullMarked;
