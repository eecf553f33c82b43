/**
 * The log-in of Windows networks as HTTP proxies use it: NTLM version 2 (MS-NLMP), for a client that shows itself and signs nothing more.
 * Version 1 is never spoken. The broken hashes below are what that protocol is made of; nothing else in Sallyport uses them.
 */
@NullMarked
package dev.sallyport.transport.proxy.ntlm;

import org.jspecify.annotations.NullMarked;
