/** What Linux tells in {@code /proc} and {@code /sys}, read leniently: these files are text of the machine's making. */
@NullMarked
package dev.sallyport.operation.linux;

import org.jspecify.annotations.NullMarked;
