@NullMarked
package dev.sallyport.protocol.library;

import org.jspecify.annotations.NullMarked;
