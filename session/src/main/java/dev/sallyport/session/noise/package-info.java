/** The Noise interpreter on JDK primitives (Noise rev. 34, {@code hfs} extension rev. 1). */
@NullMarked
package dev.sallyport.session.noise;

import org.jspecify.annotations.NullMarked;
