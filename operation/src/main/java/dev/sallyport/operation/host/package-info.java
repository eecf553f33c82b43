/** What every operating system tells through the JDK about the machine. */
@NullMarked
package dev.sallyport.operation.host;

import org.jspecify.annotations.NullMarked;
