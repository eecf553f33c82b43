/** Tests of the audit log. */
@NullMarked
package dev.sallyport.server.audit;

import org.jspecify.annotations.NullMarked;
