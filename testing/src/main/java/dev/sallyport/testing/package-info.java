/** Scriptable peers, a clock that stands still and seeded generators, for the tests of every module. */
@NullMarked
package dev.sallyport.testing;

import org.jspecify.annotations.NullMarked;
