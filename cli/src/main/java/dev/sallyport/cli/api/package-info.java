/** The server's REST interface as the command uses it: requests, live events, errors, and which certificate to trust. */
@NullMarked
package dev.sallyport.cli.api;

import org.jspecify.annotations.NullMarked;
