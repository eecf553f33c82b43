package dev.sallyport.server.store;

import java.nio.file.Path;

/** Which database the store lives in. */
public sealed interface Database {

  /**
   * A file of this server alone; the default, right for thousands of machines on one server.
   *
   * @param file the database file; its directory exists and is private
   */
  record Sqlite(Path file) implements Database {}

  /**
   * A PostgreSQL database (14 or newer) of this server alone; other servers are kept out by an advisory lock.
   *
   * @param url {@code jdbc:postgresql://host:port/name}, without credentials
   * @param user the role to log in as; it owns the database or may create tables in it
   * @param passwordFile a file whose first line is the password; read at each connection, so that it can be changed
   */
  record Postgres(String url, String user, Path passwordFile) implements Database {}
}
