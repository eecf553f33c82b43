/** What the server's program does besides serving. */
@NullMarked
package dev.sallyport.server.app.command;

import org.jspecify.annotations.NullMarked;
