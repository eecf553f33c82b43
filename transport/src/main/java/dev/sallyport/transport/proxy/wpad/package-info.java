/** Where the network says that its proxy script is (WPAD, draft-ietf-wrec-wpad-01): in what DHCP told, and at a name of the local domain. */
@NullMarked
package dev.sallyport.transport.proxy.wpad;

import org.jspecify.annotations.NullMarked;
