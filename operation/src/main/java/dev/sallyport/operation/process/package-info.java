/** Programs of the machine: started without a shell, watched, fed, bounded in time and ended with all their descendants. */
@NullMarked
package dev.sallyport.operation.process;

import org.jspecify.annotations.NullMarked;
