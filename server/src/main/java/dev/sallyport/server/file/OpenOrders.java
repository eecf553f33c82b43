package dev.sallyport.server.file;

import dev.sallyport.protocol.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Directives that are not over and speak of a content: it must stay until they are. */
final class OpenOrders {
  private OpenOrders() {
  }

  static boolean need(JdbcClient sql, Bytes sha256) {
    return sql.sql("SELECT COUNT(*) FROM directive WHERE open_runs > 0 AND parameters LIKE ?")
        .param("%" + sha256.hex() + "%").query(Long.class).single() > 0;
  }
}
