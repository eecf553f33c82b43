/**
 * An FTP client that believes no word of its server (RFC 959, RFC 2428, RFC 3659, RFC 4217): whatever a server says, an exchange of words
 * ends in bounded time and memory, and no connection is opened to anywhere but the server itself.
 */
@NullMarked
package dev.sallyport.transport.ftp.client;

import org.jspecify.annotations.NullMarked;
