/**
 * Links that are made of HTTP requests (docs/transports.md). A link lives on an event loop of its own choice, connections come and go on
 * theirs; whatever a request brings is handed over to the link's.
 */
@NullMarked
package dev.sallyport.gateway.poll;

import org.jspecify.annotations.NullMarked;
