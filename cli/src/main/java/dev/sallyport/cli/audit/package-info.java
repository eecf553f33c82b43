/** The audit log: searched and followed through the server, verified and exported from its files. */
@NullMarked
package dev.sallyport.cli.audit;

import org.jspecify.annotations.NullMarked;
