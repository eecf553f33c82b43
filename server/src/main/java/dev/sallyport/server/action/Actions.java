package dev.sallyport.server.action;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.stereotype.Component;

/** Every action there is, by name. This table is the allow-list: nothing outside it is ever run. */
@Component
public final class Actions {
  private final SortedMap<String, Action> byName;

  /** @throws IllegalStateException if two actions have one name */
  public Actions(List<Action> actions) {
    var table = new TreeMap<String, Action>();
    for (Action action : actions) {
      Action other = table.putIfAbsent(action.name(), action);
      if (other != null) {
        throw new IllegalStateException(
            "two actions are called " + action.name() + ": " + other.getClass().getName() + " and "
                + action.getClass().getName());
      }
    }
    byName = Collections.unmodifiableSortedMap(table);
  }

  /** The action of exactly this name. */
  public Optional<Action> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them, by name. */
  public Collection<Action> all() {
    return byName.values();
  }
}
