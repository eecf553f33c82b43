/** Values of the Windows registry as they travel. */
@NullMarked
package dev.sallyport.protocol.registry;

import org.jspecify.annotations.NullMarked;
