/**
 * Libraries that agents are sent when one of their functions is asked for: uploaded signed, kept with their signatures, never loaded here. What a
 * machine says about them is only shown.
 */
@NullMarked
package dev.sallyport.server.library;

import org.jspecify.annotations.NullMarked;
