/** What every feature's web part shares: errors as problem+json, limits, headers, the console's files, event streams. */
@NullMarked
package dev.sallyport.server.web;

import org.jspecify.annotations.NullMarked;
