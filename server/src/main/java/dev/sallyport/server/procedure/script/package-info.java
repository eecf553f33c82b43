/** What a procedure says: read from its text, checked against the actions there are, and carried out. */
@NullMarked
package dev.sallyport.server.procedure.script;

import org.jspecify.annotations.NullMarked;
