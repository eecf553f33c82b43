/**
 * A program that makes one token out of this account's Kerberos ticket and ends. It is started by an agent when a proxy asks for one, so that
 * the parts of the JDK that speak Kerberos are never loaded into the agent itself, which stays resident.
 */
@NullMarked
package dev.sallyport.kerberos;

import org.jspecify.annotations.NullMarked;
