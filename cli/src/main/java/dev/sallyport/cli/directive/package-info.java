/** Giving directives and following them. */
@NullMarked
package dev.sallyport.cli.directive;

import org.jspecify.annotations.NullMarked;
