/** What waits for a machine or runs on it, and how it is taken back. */
@NullMarked
package dev.sallyport.server.directive.queue;

import org.jspecify.annotations.NullMarked;
