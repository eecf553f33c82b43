package dev.sallyport.server.store;

/**
 * The place a sealed value belongs to. It is authenticated with the value, so that a ciphertext copied to another row,
 * epoch or column does not open (security core, B.2.5).
 *
 * @param owner the row's own identifier, an agent's or a token's say
 * @param epoch the version of the value within its row, 0 where there is only one
 * @param column the table and column, {@code "machine.secret"} say
 */
public record SealedColumn(String owner, long epoch, String column) {}
