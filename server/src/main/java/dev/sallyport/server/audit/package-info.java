/**
 * The audit log of this server: who asked for what, when, on which machines, and what became of it. Features tell {@link
 * dev.sallyport.server.audit.Audit}; entries are on the disk before what they tell of is released or acknowledged.
 */
@NullMarked
package dev.sallyport.server.audit;

import org.jspecify.annotations.NullMarked;
