package dev.sallyport.server.procedure.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.server.procedure.yaml.Place;

/**
 * A value with places for others. What is put in is put in once and never looked at again, so that no text from a machine can become part of the
 * language (incident T21).
 */
public sealed interface Template {
  /** Most characters of a text that is put together: 128 Ki. */
  int MAX_CHARACTERS = 128 << 10;

  /** Where it stands. */
  Place place();

  /**
   * Its value.
   *
   * @throws TooLongException if a text in it becomes longer than {@link #MAX_CHARACTERS}
   */
  Json value(Scope scope);

  /** Tells of every reference in it. */
  void references(Consumer<Expression.Reference> seen);

  /** Its value if that is the same in every scope. */
  default Optional<Json> fixed() {
    var any = new boolean[1];
    references(_ -> any[0] = true);
    return any[0] ? Optional.empty() : Optional.of(value(_ -> dev.sallyport.protocol.json.JsonNull.NULL));
  }

  /** A value that stands for itself. */
  record Literal(Place place, Json json) implements Template {
    @Override
    public Json value(Scope scope) {
      return json;
    }

    @Override
    public void references(Consumer<Expression.Reference> seen) {
    }
  }

  /** One expression and nothing else; its value keeps its type. */
  record Whole(Place place, Expression expression) implements Template {
    @Override
    public Json value(Scope scope) {
      return expression.value(scope);
    }

    @Override
    public void references(Consumer<Expression.Reference> seen) {
      expression.references(seen);
    }
  }

  /** Text with expressions in it. */
  record Mixed(Place place, List<Expression> parts) implements Template {
    /** Copies. */
    public Mixed {
      parts = List.copyOf(parts);
    }

    @Override
    public Json value(Scope scope) {
      var text = new StringBuilder();
      for (Expression part : parts) {
        String shown = Values.shown(part.value(scope));
        if (text.length() + shown.length() > MAX_CHARACTERS) {
          throw new TooLongException(place);
        }
        text.append(shown);
      }
      return new JsonString(text.toString());
    }

    @Override
    public void references(Consumer<Expression.Reference> seen) {
      parts.forEach(part -> part.references(seen));
    }
  }

  /** A list. */
  record Items(Place place, List<Template> items) implements Template {
    /** Copies. */
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public Json value(Scope scope) {
      return JsonArray.of(items.stream().map(item -> item.value(scope)).toList());
    }

    @Override
    public void references(Consumer<Expression.Reference> seen) {
      items.forEach(item -> item.references(seen));
    }
  }

  /** Values by name, in the order of the text. */
  record Fields(Place place, Map<String, Template> fields) implements Template {
    /** Copies. */
    public Fields {
      fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public JsonObject value(Scope scope) {
      var object = JsonObject.builder();
      fields.forEach((name, field) -> object.put(name, field.value(scope)));
      return object.build();
    }

    @Override
    public void references(Consumer<Expression.Reference> seen) {
      fields.values().forEach(field -> field.references(seen));
    }
  }

  /** A text became too long. */
  final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLongException(Place place) {
      super(place + ": the text becomes longer than " + MAX_CHARACTERS + " characters");
    }
  }
}
