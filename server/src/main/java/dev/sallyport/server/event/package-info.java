/** Tells watchers which machines and directives have changed. */
@NullMarked
package dev.sallyport.server.event;

import org.jspecify.annotations.NullMarked;
