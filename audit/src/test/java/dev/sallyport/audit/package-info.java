/** Tests of the audit log. */
@NullMarked
package dev.sallyport.audit;

import org.jspecify.annotations.NullMarked;
