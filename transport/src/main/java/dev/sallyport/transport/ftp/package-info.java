/** The FTP binding: a session's messages as files on an FTP server, where nothing but FTP passes (K4, K5). */
@NullMarked
package dev.sallyport.transport.ftp;

import org.jspecify.annotations.NullMarked;
