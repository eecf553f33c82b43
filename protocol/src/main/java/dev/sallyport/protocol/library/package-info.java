/**
 * Libraries that an agent can load: what is signed about them, whom an agent believes, and their archives; values and codecs, total on hostile
 * bytes.
 */
@NullMarked
package dev.sallyport.protocol.library;

import org.jspecify.annotations.NullMarked;
