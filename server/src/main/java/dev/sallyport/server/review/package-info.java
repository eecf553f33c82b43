/** How the audit log is written by the web part and read by people: changes asked for by HTTP, the search, checkpoints, tiles and proofs. */
@NullMarked
package dev.sallyport.server.review;

import org.jspecify.annotations.NullMarked;
