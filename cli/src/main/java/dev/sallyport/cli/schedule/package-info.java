/** Orders that are given again and again at certain times. */
@NullMarked
package dev.sallyport.cli.schedule;

import org.jspecify.annotations.NullMarked;
