/** Proxy scripts, good, wrong and hostile. */
@NullMarked
package dev.sallyport.pac;

import org.jspecify.annotations.NullMarked;
