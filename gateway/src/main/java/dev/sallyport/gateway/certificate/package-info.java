/** The certificate the public port shows: the operator's own from PEM files, or one made here on the first start. */
@NullMarked
package dev.sallyport.gateway.certificate;

import org.jspecify.annotations.NullMarked;
