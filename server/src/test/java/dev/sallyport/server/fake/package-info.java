/** Hand-written fakes, and whole lives of a server to use them in. */
@NullMarked
package dev.sallyport.server.fake;

import org.jspecify.annotations.NullMarked;
