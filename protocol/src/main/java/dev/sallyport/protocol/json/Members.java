package dev.sallyport.protocol.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The members of an object in their order.
 *
 * <p>Protocol objects have a handful of members, for which a linear search is quickest and smallest. From {@value
 * #INDEX_FROM} members on a hash index is kept, so that a hostile object of many members costs no quadratic time; equal
 * hashes are no help to an attacker, since {@link HashMap} falls back to a tree for comparable keys.
 */
final class Members {
  static final Members NONE = new Members(new String[0], new Json[0]);

  private static final int INDEX_FROM = 16;
  private static final int FIRST_CAPACITY = 6;

  private @Nullable String[] names;
  private @Nullable Json[] values;
  private int size;
  private @Nullable Map<String, Integer> index;

  Members() {
    this(new String[FIRST_CAPACITY], new Json[FIRST_CAPACITY]);
  }

  private Members(@Nullable String[] names, @Nullable Json[] values) {
    this.names = names;
    this.values = values;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("NullAway") // filled up to size
  String name(int i) {
    return names[i];
  }

  @SuppressWarnings("NullAway") // filled up to size
  Json value(int i) {
    return values[i];
  }

  /** Returns whether the member was new and is now the last one. */
  boolean add(String name, Json value) {
    if (find(name) >= 0) {
      return false;
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    names[size] = name;
    values[size] = value;
    size++;
    if (index != null) {
      index.put(name, size - 1);
    } else if (size == INDEX_FROM) {
      index = indexed();
    }
    return true;
  }

  @Nullable
  Json get(String name) {
    int i = find(name);
    return i < 0 ? null : values[i];
  }

  List<String> names() {
    String[] copy = new String[size];
    for (int i = 0; i < size; i++) {
      copy[i] = name(i);
    }
    return List.of(copy);
  }

  private int find(String name) {
    if (index != null) {
      return index.getOrDefault(name, -1);
    }
    for (int i = 0; i < size; i++) {
      if (name.equals(names[i])) {
        return i;
      }
    }
    return -1;
  }

  private Map<String, Integer> indexed() {
    Map<String, Integer> all = new HashMap<>();
    for (int i = 0; i < size; i++) {
      all.put(name(i), i);
    }
    return all;
  }

  /** Order does not count (RFC 8259 section 1). */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Members members) || members.size != size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      int there = members.find(name(i));
      if (there < 0 || !value(i).equals(members.value(there))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int i = 0; i < size; i++) {
      hash += name(i).hashCode() ^ (value(i).hashCode() * 31);
    }
    return hash;
  }
}
