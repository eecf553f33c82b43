/** What a machine holds: texts of files, directories, variables, the registry, a program's output, events. */
@NullMarked
package dev.sallyport.server.action.value;

import org.jspecify.annotations.NullMarked;
