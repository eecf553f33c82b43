package dev.sallyport.server.procedure.expression;

import java.util.List;
import java.util.function.Consumer;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.procedure.yaml.Place;

/** Something that has a value in every scope: what is not there is none, what cannot be compared is not equal and not less. */
public sealed interface Expression {
  /** Its value. */
  Json value(Scope scope);

  /** Tells of every reference in it. */
  void references(Consumer<Reference> seen);

  /** A value that stands for itself. */
  record Constant(Json value) implements Expression {
    @Override
    public Json value(Scope scope) {
      return value;
    }

    @Override
    public void references(Consumer<Reference> seen) {
    }
  }

  /** One step into a value. */
  sealed interface Part {
    /** The field of an object; {@code count} of a list is how many items it has. */
    record Field(String name) implements Part {}

    /** The item of a list, counted from 0. */
    record Item(int index) implements Part {}
  }

  /** A name, and the way into its value. */
  record Reference(Place place, String name, List<Part> parts) implements Expression {
    private static final String COUNT = "count";

    /** Copies. */
    public Reference {
      parts = List.copyOf(parts);
    }

    @Override
    public Json value(Scope scope) {
      Json value = scope.value(name);
      for (Part part : parts) {
        value = switch (part) {
          case Part.Field(String field) -> switch (value) {
            case JsonObject object when object.has(field) -> object.get(field);
            case JsonArray array when field.equals(COUNT) -> new JsonNumber.Whole(array.size());
            default -> JsonNull.NULL;
          };
          case Part.Item(int index) -> value instanceof JsonArray array && index < array.size()
              ? array.get(index)
              : JsonNull.NULL;
        };
      }
      return value;
    }

    @Override
    public void references(Consumer<Reference> seen) {
      seen.accept(this);
    }
  }

  /** The opposite. */
  record Not(Expression of) implements Expression {
    @Override
    public Json value(Scope scope) {
      return JsonBool.of(!Values.truth(of.value(scope)));
    }

    @Override
    public void references(Consumer<Reference> seen) {
      of.references(seen);
    }
  }

  /** Both, or one of both. */
  record Joined(boolean both, Expression left, Expression right) implements Expression {
    @Override
    public Json value(Scope scope) {
      boolean first = Values.truth(left.value(scope));
      return JsonBool.of(both ? first && Values.truth(right.value(scope)) : first || Values.truth(right.value(scope)));
    }

    @Override
    public void references(Consumer<Reference> seen) {
      left.references(seen);
      right.references(seen);
    }
  }

  /** A comparison. */
  record Compared(Comparison by, Expression left, Expression right) implements Expression {
    @Override
    public Json value(Scope scope) {
      return JsonBool.of(by.holds(left.value(scope), right.value(scope)));
    }

    @Override
    public void references(Consumer<Reference> seen) {
      left.references(seen);
      right.references(seen);
    }
  }
}
