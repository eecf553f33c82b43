package dev.sallyport.cli.audit;

import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.protocol.json.JsonObject;

/** An entry as one line for people. */
final class EntryText {
  private EntryText() {
  }

  static String of(JsonObject entry) {
    JsonObject actor = entry.objectOrEmpty("actor");
    var line = new StringBuilder(entry.string("ts")).append("  ").append(entry.string("type"));
    add(line, "by", Fields.text(actor, "user"));
    add(line, "from", Fields.text(actor, "ip"));
    add(line, "machine", Fields.text(entry, "machine"));
    add(line, "object", Fields.text(entry, "obj"));
    line.append("  ").append(entry.string("res"));
    JsonObject details = entry.objectOrEmpty("det");
    if (details.size() > 0) {
      line.append("  ").append(details.text());
    }
    return SafeText.oneLine(line.toString());
  }

  private static void add(StringBuilder line, String word, String value) {
    if (!value.isEmpty()) {
      line.append("  ").append(word).append(' ').append(value);
    }
  }
}
