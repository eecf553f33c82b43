/** What tests share: a clock that moves when told, and seeded randomness that can be replayed. */
@NullMarked
package dev.sallyport.testing;

import org.jspecify.annotations.NullMarked;
