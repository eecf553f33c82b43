package dev.sallyport.server.library;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where libraries lie.
 *
 * @param jars the server's own directory of them
 * @param shipped the directory of those that came with this server, if there is one
 */
public record LibraryPlaces(Path jars, Optional<Path> shipped) {}
