/** The daemon on a managed machine: its commands, what they need, and how they end. */
@NullMarked
package dev.sallyport.agent;

import org.jspecify.annotations.NullMarked;
