package dev.sallyport.operation.linux;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@code /etc/os-release}: shell-like assignments, see os-release(5). Read as text, never by a shell. */
final class OsRelease {
  private final Map<String, String> fields = new HashMap<>();

  private OsRelease(String text) {
    for (String line : ProcText.lines(text)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        fields.put(line.substring(0, equals).strip(), unquote(line.substring(equals + 1).strip()));
      }
    }
  }

  static OsRelease read(Path root) {
    String text = ProcText.readOrEmpty(root.resolve("etc/os-release"));
    return new OsRelease(text.isEmpty() ? ProcText.readOrEmpty(root.resolve("usr/lib/os-release")) : text);
  }

  String field(String name, String absent) {
    return fields.getOrDefault(name, absent);
  }

  private static String unquote(String value) {
    if (value.length() < 2 || (value.charAt(0) != '"' && value.charAt(0) != '\'')
        || value.charAt(value.length() - 1) != value.charAt(0)) {
      return value;
    }
    var plain = new StringBuilder();
    for (int i = 1; i < value.length() - 1; i++) {
      if (value.charAt(0) == '"' && value.charAt(i) == '\\' && i + 1 < value.length() - 1) {
        i++;
      }
      plain.append(value.charAt(i));
    }
    return plain.toString();
  }
}
