package dev.sallyport.server.store;

import java.sql.Connection;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SmartDataSource;

/**
 * Gives every statement the connection of the transaction it runs in. A client of this source that is carried out of its
 * transaction fails instead of running on another's connection.
 */
final class CurrentConnection extends AbstractDataSource implements SmartDataSource {

  private static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

  /** Whether the calling thread is inside a transaction. */
  boolean present() {
    return CURRENT.isBound();
  }

  /** Runs with {@code connection} as the one for every statement in {@code work}. */
  <T, X extends Throwable> T with(Connection connection, ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, connection).call(work);
  }

  @Override
  public Connection getConnection() {
    if (!CURRENT.isBound()) {
      throw new IllegalStateException("statements run only inside Store.write or Store.read");
    }
    return CURRENT.get();
  }

  @Override
  public Connection getConnection(String user, String password) {
    return getConnection();
  }

  /** Never: the transaction's owner closes it. */
  @Override
  public boolean shouldClose(Connection connection) {
    return false;
  }
}
