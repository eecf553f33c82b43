/** What the command remembers between calls: the server, its certificate and the token. */
@NullMarked
package dev.sallyport.cli.config;

import org.jspecify.annotations.NullMarked;
