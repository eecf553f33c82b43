/** The code of a library inside a JVM: its class loader, and values on their way between the two. Used by agent and worker alike. */
@NullMarked
package dev.sallyport.agent.library.load;

import org.jspecify.annotations.NullMarked;
