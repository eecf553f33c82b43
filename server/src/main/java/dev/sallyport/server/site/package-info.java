/** Sites, how their agents keep in touch, and how machines come to belong to one: enrolment tokens and the signed bundles that carry them. */
@NullMarked
package dev.sallyport.server.site;

import org.jspecify.annotations.NullMarked;
