package dev.sallyport.server.file;

import java.nio.file.Path;

/**
 * Where files lie.
 *
 * @param directory the server's own, for nothing else
 * @param limits how much they may take
 */
public record FilePlace(Path directory, FileLimits limits) {}
