/** Serves the browser console: its page with a style nonce, and its files. */
@NullMarked
package dev.sallyport.server.console;

import org.jspecify.annotations.NullMarked;
