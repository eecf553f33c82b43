package dev.sallyport.server.procedure.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.server.procedure.yaml.Node;
import dev.sallyport.server.procedure.yaml.Place;
import dev.sallyport.server.procedure.yaml.SourceException;

/** Finds the expressions in a value: <code>${…}</code> in texts; <code>$${</code> is a dollar sign and a brace. */
public final class TemplateReader {
  private static final String OPEN = "${";
  private static final String ESCAPED = "$${";

  private TemplateReader() {
  }

  /**
   * Reads any value.
   *
   * @throws SourceException where an expression in it is none
   */
  public static Template read(Node node) {
    return switch (node) {
      case Node.Scalar scalar when scalar.value() instanceof JsonString -> text(scalar);
      case Node.Scalar scalar -> new Template.Literal(scalar.place(), scalar.value());
      case Node.Sequence(Place place, List<Node> items) ->
        new Template.Items(place, items.stream().map(TemplateReader::read).toList());
      case Node.Mapping mapping -> fields(mapping);
    };
  }

  /** Reads values by name. */
  public static Template.Fields fields(Node.Mapping mapping) {
    var fields = new LinkedHashMap<String, Template>();
    mapping.entries().forEach(entry -> fields.put(entry.name(), read(entry.value())));
    return new Template.Fields(mapping.place(), fields);
  }

  private static Template text(Node.Scalar scalar) {
    String text = scalar.text();
    var parts = new ArrayList<Expression>();
    var plain = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(ESCAPED, at)) {
        plain.append(OPEN);
        at += ESCAPED.length();
      } else if (text.startsWith(OPEN, at)) {
        int close = close(text, at + OPEN.length());
        if (close < 0) {
          throw new SourceException(scalar.first().plus(at), "${ has no closing brace; a text ${ is written $${");
        }
        flush(plain, parts);
        parts.add(ExpressionReader.read(text.substring(at + OPEN.length(), close),
            scalar.first().plus(at + OPEN.length())));
        at = close + 1;
      } else {
        plain.append(text.charAt(at++));
      }
    }
    if (parts.size() == 1 && plain.isEmpty() && text.startsWith(OPEN)) {
      return new Template.Whole(scalar.place(), parts.getFirst());
    }
    flush(plain, parts);
    if (parts.stream().allMatch(Expression.Constant.class::isInstance)) {
      return new Template.Literal(scalar.place(), new Template.Mixed(scalar.place(), parts).value(_ -> scalar.value()));
    }
    return new Template.Mixed(scalar.place(), parts);
  }

  /** The brace that ends an expression: the first that does not stand in a quoted text. */
  private static int close(String text, int from) {
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '}') {
        return i;
      }
    }
    return -1;
  }

  private static void flush(StringBuilder plain, List<Expression> parts) {
    if (!plain.isEmpty()) {
      parts.add(new Expression.Constant(new JsonString(plain.toString())));
      plain.setLength(0);
    }
  }
}
