package dev.sallyport.server.store;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Takes the rows of whole tables, one table after the other, each behind those that it refers to. */
public interface TableReader {
  /** The rows that follow are this table's. */
  void table(String name, List<String> columns) throws IOException;

  /** @param values one for each column: null, a Long, a String or a byte array */
  void row(List<@Nullable Object> values) throws IOException;
}
