/** How long a way may be quiet. */
@NullMarked
package dev.sallyport.session.pace;

import org.jspecify.annotations.NullMarked;
