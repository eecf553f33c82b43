/** The small language of references and comparisons in procedures: total, without loops, calls or anything that could leave it. */
@NullMarked
package dev.sallyport.server.procedure.expression;

import org.jspecify.annotations.NullMarked;
