/** The subset of YAML in which procedures are written, each part with its line and column. */
@NullMarked
package dev.sallyport.server.procedure.yaml;

import org.jspecify.annotations.NullMarked;
