/**
 * The built-in FTP server (Apache FtpServer), cut down to the exchange of files: its one account sees no directory but those whose names
 * it knows, and finds no command that does anything else.
 */
@NullMarked
package dev.sallyport.gateway.ftp.builtin;

import org.jspecify.annotations.NullMarked;
