package dev.sallyport.server.store;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A unit of work on the store: all of it is kept or none of it. */
@FunctionalInterface
public interface Transaction<T extends @Nullable Object> {

  /** Runs statements and returns the answer; whatever is thrown undoes this unit and reaches the caller as it is. */
  T run(JdbcClient sql);
}
