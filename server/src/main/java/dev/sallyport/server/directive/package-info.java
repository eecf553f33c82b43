/**
 * The life of a directive: an operator's order is durable before it is acknowledged, waits for machines that are away until its lifetime
 * ends, runs on each machine at most once, and keeps what came of it.
 *
 * <p>Packages below, each knowing only those before it: {@code life} (states as pure values), {@code record} (rows and SQL),
 * {@code dispatch} (threads).
 */
@NullMarked
package dev.sallyport.server.directive;

import org.jspecify.annotations.NullMarked;
