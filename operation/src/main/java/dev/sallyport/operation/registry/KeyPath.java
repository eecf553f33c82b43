package dev.sallyport.operation.registry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A key with its root in full, as the tool says it. */
record KeyPath(String text) {
  private static final Map<String, String> ROOTS = Map.of("HKLM", "HKEY_LOCAL_MACHINE", "HKCU", "HKEY_CURRENT_USER",
      "HKCR", "HKEY_CLASSES_ROOT", "HKU", "HKEY_USERS", "HKCC", "HKEY_CURRENT_CONFIG");

  /** The key of an order; empty if there is no such root or a name in it is empty. */
  static Optional<KeyPath> of(String key) {
    int end = key.indexOf('\\');
    String root = (end < 0 ? key : key.substring(0, end)).toUpperCase(Locale.ROOT);
    String full = ROOTS.getOrDefault(root, root);
    return !ROOTS.containsValue(full) || key.contains("\\\\")
        ? Optional.empty()
        : Optional.of(new KeyPath(full + (end < 0 ? "" : key.substring(end))));
  }

  boolean isRoot() {
    return text.indexOf('\\') < 0;
  }

  boolean is(String other) {
    return text.equalsIgnoreCase(other);
  }

  /** The name of a key right below this one; empty if the other is none. */
  Optional<String> child(String other) {
    boolean below = other.length() > text.length() + 1 && other.charAt(text.length()) == '\\'
        && other.regionMatches(true, 0, text, 0, text.length()) && other.indexOf('\\', text.length() + 1) < 0;
    return below ? Optional.of(other.substring(text.length() + 1)) : Optional.empty();
  }
}
