/** Sites: {@code sallyport sites}. */
@NullMarked
package dev.sallyport.cli.site;

import org.jspecify.annotations.NullMarked;
