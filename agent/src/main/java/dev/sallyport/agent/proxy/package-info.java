/** What an agent needs of its machine to find proxies: the settings of desktops, scripts evaluated in processes of their own, a stored log-in. */
@NullMarked
package dev.sallyport.agent.proxy;

import org.jspecify.annotations.NullMarked;
