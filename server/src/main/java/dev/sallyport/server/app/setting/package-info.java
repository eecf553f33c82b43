/** What the person who runs the server decides, read from arguments, environment and file, and checked. */
@NullMarked
package dev.sallyport.server.app.setting;

import org.jspecify.annotations.NullMarked;
