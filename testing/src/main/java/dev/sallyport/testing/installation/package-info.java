/** The distribution at work for tests and measurements: its programs as processes, an owner logged in, machines enrolled. */
@NullMarked
package dev.sallyport.testing.installation;

import org.jspecify.annotations.NullMarked;
