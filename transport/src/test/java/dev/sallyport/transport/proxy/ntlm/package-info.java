/** The log-in of Windows networks against its published vectors, and against Samba. */
@NullMarked
package dev.sallyport.transport.proxy.ntlm;

import org.jspecify.annotations.NullMarked;
