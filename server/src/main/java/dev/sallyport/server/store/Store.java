package dev.sallyport.server.store;

import org.jspecify.annotations.Nullable;

/**
 * The server's durable memory: an SQLite file or a PostgreSQL database, spoken to in the same SQL.
 *
 * <p>
 * SQL that both understand: {@code TEXT} for text and JSON, {@code BIGINT} for numbers, epoch milliseconds and truth
 * (0 or 1), {@code BYTEA} for bytes (SQLite stores what it is given), identifiers made by the caller,
 * {@code INSERT … ON CONFLICT (…) DO UPDATE SET x = excluded.x}, {@code RETURNING}. Values are bound, never written
 * into the statement's text.
 */
public interface Store {

  /**
   * Runs one unit of work in the writer's transaction and returns after the commit that holds it is on the disk.
   *
   * <p>
   * Units of work of many callers share one commit; each runs alone, in the order of arrival, and sees what those before
   * it wrote. A unit that throws is undone by itself and its exception is thrown here, also after the commit, so that a
   * refusal never rests on a neighbour's work that was lost. Work is short, does no input or output of its own, and calls
   * neither this method nor {@link #read}.
   *
   * @throws StoreUnavailableException if it could not be stored; nothing may be acknowledged then
   */
  <T extends @Nullable Object> T write(Transaction<T> work);

  /**
   * Runs a query on one consistent state of the database, at least as new as the last {@link #write} that returned.
   *
   * @throws StoreUnavailableException if the database cannot answer
   */
  <T extends @Nullable Object> T read(Transaction<T> query);
}
