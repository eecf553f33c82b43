/** Starting the machine anew and turning it off, with the tools of its operating system. */
@NullMarked
package dev.sallyport.operation.power;

import org.jspecify.annotations.NullMarked;
