/**
 * Proxy scripts (PAC): fetched here, evaluated elsewhere. The script is a program of strangers, so whoever evaluates it does so outside this
 * process; what it says is read as hostile text.
 */
@NullMarked
package dev.sallyport.transport.proxy.pac;

import org.jspecify.annotations.NullMarked;
