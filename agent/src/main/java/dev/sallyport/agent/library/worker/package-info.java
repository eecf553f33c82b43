/** The process that carries out one call of a library and ends. Nothing here is ever loaded by the agent itself. */
@NullMarked
package dev.sallyport.agent.library.worker;

import org.jspecify.annotations.NullMarked;
