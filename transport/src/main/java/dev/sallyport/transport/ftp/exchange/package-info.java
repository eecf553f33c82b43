/**
 * How two sides carry on a conversation by leaving files for each other (K4): what a file holds and is called, who deletes it, how many may
 * lie unread. It knows neither FTP nor sessions.
 */
@NullMarked
package dev.sallyport.transport.ftp.exchange;

import org.jspecify.annotations.NullMarked;
