package dev.sallyport.server.directive;

import java.util.function.Consumer;

import dev.sallyport.server.directive.record.Directive;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What goes with the giving of an order.
 *
 * @param giver whose keys the order's is one of
 * @param key the order's name
 * @param beside what is stored in the same transaction as the directive
 * @param stored is told the directive's id when it is on the disk and before any machine can hear of it
 */
public record Giving(String giver, OrderKey key, Beside beside, Consumer<String> stored) {
  /** Something that is stored together with a directive, or not at all; whatever it throws undoes both. */
  @FunctionalInterface
  public interface Beside {
    /** Stores it. Is not called when the order turns out to be a repetition. */
    void store(JdbcClient sql, Directive directive);
  }

  /** Under this name, and nothing else. */
  public static Giving under(String giver, OrderKey key) {
    return new Giving(giver, key, (_, _) -> {
    }, _ -> {
    });
  }

  /** The same, storing this beside. */
  public Giving with(Beside other) {
    return new Giving(giver, key, other, stored);
  }

  /** The same, telling this listener. */
  public Giving telling(Consumer<String> listener) {
    return new Giving(giver, key, beside, listener);
  }
}
