/** What can only be measured from within the server's process. */
@NullMarked
package dev.sallyport.benchmark.inside;

import org.jspecify.annotations.NullMarked;
