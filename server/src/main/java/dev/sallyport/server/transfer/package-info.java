/** Actions that send whole files to machines and fetch them. */
@NullMarked
package dev.sallyport.server.transfer;

import org.jspecify.annotations.NullMarked;
