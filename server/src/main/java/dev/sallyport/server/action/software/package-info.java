/** Packages and patches: apt, dnf and zypper, whichever the machine has. */
@NullMarked
package dev.sallyport.server.action.software;

import org.jspecify.annotations.NullMarked;
