package dev.sallyport.server.procedure.script;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;

/** The part of JSON Schema (2020-12) that the schema of procedures uses. */
final class MiniSchema {
  private static final List<String> KNOWN = List.of("$schema", "$id", "$defs", "$ref", "title", "description",
      "default",
      "type", "required", "additionalProperties", "properties", "maxProperties", "propertyNames", "enum", "items",
      "minItems",
      "oneOf", "pattern");

  private final JsonObject root;
  private final List<String> faults = new ArrayList<>();

  private MiniSchema(JsonObject root) {
    this.root = root;
  }

  static List<String> faults(JsonObject schema, Json value) {
    var judge = new MiniSchema(schema);
    judge.judge("", schema, value);
    return judge.faults;
  }

  private void judge(String at, JsonObject schema, Json value) {
    if (!KNOWN.containsAll(schema.names())) {
      throw new AssertionError("this test does not know all of " + schema.names());
    }
    if (schema.has("$ref")) {
      judge(at, root.object("$defs").object(schema.string("$ref").substring("#/$defs/".length())), value);
    }
    if (schema.has("oneOf")) {
      long fitting = schema.objects("oneOf", 99).stream().filter(each -> {
        var inner = new MiniSchema(root);
        inner.judge(at, each, value);
        return inner.faults.isEmpty();
      }).count();
      check(at + " fits " + fitting + " of its kinds", fitting == 1);
    }
    if (schema.has("type")) {
      Json type = schema.get("type");
      check(at + " is no " + type.text(), type instanceof JsonArray many
          ? many.strings(9, 99).stream().anyMatch(each -> is(each, value))
          : is(schema.string("type"), value));
    }
    if (schema.has("enum")) {
      check(at + " is none of its words",
          value instanceof JsonString(String text) && schema.strings("enum", 99, 99).contains(text));
    }
    if (schema.has("pattern")) {
      check(at + " is spelled otherwise",
          value instanceof JsonString(String text) && text.matches(schema.string("pattern")));
    }
    if (value instanceof JsonArray array) {
      array(at, schema, array);
    }
    if (value instanceof JsonObject object) {
      object(at, schema, object);
    }
  }

  private void array(String at, JsonObject schema, JsonArray array) {
    check(at + " is too short", !schema.has("minItems") || array.size() >= schema.integer("minItems", 0, 99));
    for (int i = 0; i < array.size() && schema.has("items"); i++) {
      judge(at + "[" + i + "]", schema.object("items"), array.get(i));
    }
  }

  private void object(String at, JsonObject schema, JsonObject object) {
    check(at + " has too many",
        !schema.has("maxProperties") || object.size() <= schema.integer("maxProperties", 0, 99));
    if (schema.has("required")) {
      schema.strings("required", 99, 99).forEach(name -> check(at + " lacks " + name, object.has(name)));
    }
    JsonObject properties = schema.objectOrEmpty("properties");
    for (String name : object.names()) {
      if (schema.has("propertyNames")) {
        judge(at + "." + name, schema.object("propertyNames"), new JsonString(name));
      }
      if (properties.has(name)) {
        judge(at + "." + name, properties.object(name), object.get(name));
      } else if (schema.has("additionalProperties")) {
        switch (schema.get("additionalProperties")) {
          case JsonBool more -> check(at + " has " + name, more.value());
          case JsonObject more -> judge(at + "." + name, more, object.get(name));
          default -> throw new AssertionError("additionalProperties");
        }
      }
    }
  }

  private void check(String fault, boolean holds) {
    if (!holds) {
      faults.add(fault);
    }
  }

  private static boolean is(String type, Json value) {
    return switch (type) {
      case "object" -> value instanceof JsonObject;
      case "array" -> value instanceof JsonArray;
      case "string" -> value instanceof JsonString;
      case "boolean" -> value instanceof JsonBool;
      case "integer" -> value instanceof JsonNumber.Whole;
      case "null" -> value instanceof JsonNull;
      default -> throw new AssertionError(type);
    };
  }
}
