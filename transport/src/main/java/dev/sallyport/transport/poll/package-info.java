/**
 * Messages in HTTP requests that any proxy lets pass: one lane of requests brings them up, the other fetches them down, and numbers see
 * to it that each arrives once and in order, whatever happens to a request or its answer (docs/transports.md).
 */
@NullMarked
package dev.sallyport.transport.poll;

import org.jspecify.annotations.NullMarked;
