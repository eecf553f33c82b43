/**
 * Links made of files: what an agent leaves on an FTP server becomes its conversation's messages, and the other way round. Each link is
 * carried by a virtual thread; event loops have no part in it.
 */
@NullMarked
package dev.sallyport.gateway.ftp;

import org.jspecify.annotations.NullMarked;
