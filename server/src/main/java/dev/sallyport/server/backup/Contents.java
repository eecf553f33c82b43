package dev.sallyport.server.backup;

/**
 * What a backup holds.
 *
 * @param rows of the database
 * @param files of the data directory, keys among them
 * @param bytes of these files
 */
public record Contents(long rows, long files, long bytes) {}
