/** The Windows registry, through {@code reg.exe}: its own file format carries every type and every letter, its screens would not. */
@NullMarked
package dev.sallyport.operation.registry;

import org.jspecify.annotations.NullMarked;
