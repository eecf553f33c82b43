/** Grants: roles that accounts hold for some machines at some times, and the roles that owners make themselves. */
@NullMarked
package dev.sallyport.server.access.grant;

import org.jspecify.annotations.NullMarked;
