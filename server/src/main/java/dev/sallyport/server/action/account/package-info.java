/** Users, groups and passwords of a machine. */
@NullMarked
package dev.sallyport.server.action.account;

import org.jspecify.annotations.NullMarked;
