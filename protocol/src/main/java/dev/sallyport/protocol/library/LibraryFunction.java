package dev.sallyport.protocol.library;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;

/**
 * A function of a library.
 *
 * @param name by which it is called
 * @param description for people, at most {@link #MAX_DESCRIPTION_LENGTH} characters
 * @param parameters in their order, at most {@link #MAX_PARAMETERS}
 * @param result what it returns
 * @param changes whether it may change the machine
 * @param symbol its name in the shared object, of a native library; else empty
 */
public record LibraryFunction(String name, String description, List<LibraryParameter> parameters, ValueType result,
    boolean changes, String symbol) {
  /** Most parameters. */
  public static final int MAX_PARAMETERS = 16;

  /** Most characters of a description. */
  public static final int MAX_DESCRIPTION_LENGTH = 300;

  private static final int MAX_SYMBOL_LENGTH = 128;

  /** Copies and checks. */
  public LibraryFunction {
    LibraryId.require("function name", name);
    PlainText.requireNonEmpty("function description", description, MAX_DESCRIPTION_LENGTH);
    PlainText.require("symbol", symbol, MAX_SYMBOL_LENGTH);
    if (parameters.size() > MAX_PARAMETERS) {
      throw new ProtocolException("function " + name + ": expected at most " + MAX_PARAMETERS + " parameters");
    }
    Set<String> names = new HashSet<>();
    for (LibraryParameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new ProtocolException("function " + name + ": parameter " + parameter.name() + " twice");
      }
    }
    parameters = List.copyOf(parameters);
  }

  /**
   * Returns the values if they are as many, and of the types, as this function takes.
   *
   * @throws ProtocolException otherwise
   */
  public List<Json> require(List<Json> values) {
    requireCount(values.size());
    for (int i = 0; i < values.size(); i++) {
      LibraryParameter parameter = parameters.get(i);
      if (!parameter.type().accepts(values.get(i))) {
        throw new ProtocolException("parameter " + parameter.name() + " of " + name + ": expected a value of the type "
            + parameter.type().word());
      }
    }
    return values;
  }

  /** Returns the values of what somebody typed, one text for each parameter. */
  public List<Json> ofTexts(List<String> texts) {
    requireCount(texts.size());
    var values = new ArrayList<Json>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      LibraryParameter parameter = parameters.get(i);
      try {
        values.add(parameter.type().ofText(texts.get(i)));
      } catch (ProtocolException e) {
        throw new ProtocolException("parameter " + parameter.name() + " of " + name + ": " + e.getMessage(), e);
      }
    }
    return values;
  }

  private void requireCount(int count) {
    if (count != parameters.size()) {
      throw new ProtocolException(
          "function " + name + ": expected " + parameters.size() + " parameters, found " + count);
    }
  }

  boolean isNative() {
    boolean all = result.isNative() && !symbol.isEmpty();
    for (LibraryParameter parameter : parameters) {
      all &= parameter.type().isNative();
    }
    return all;
  }

  /** Returns the form it has in a manifest. */
  public JsonObject toJson() {
    List<Json> all = new ArrayList<>();
    for (LibraryParameter parameter : parameters) {
      all.add(JsonObject.builder().put("name", parameter.name()).put("type", parameter.type().word()).build());
    }
    var json = JsonObject.builder().put("name", name).put("description", description)
        .put("parameters", JsonArray.of(all)).put("result", result.word()).put("changes", changes);
    if (!symbol.isEmpty()) {
      json.put("symbol", symbol);
    }
    return json.build();
  }

  static LibraryFunction fromJson(JsonObject json) {
    json.onlyFields("name", "description", "parameters", "result", "changes", "symbol");
    List<LibraryParameter> parameters = new ArrayList<>();
    for (JsonObject parameter : json.objects("parameters", MAX_PARAMETERS)) {
      parameter.onlyFields("name", "type");
      parameters.add(new LibraryParameter(parameter.string("name", LibraryId.MAX_LENGTH),
          ValueType.ofWord(parameter.string("type", ValueType.MAX_WORD_LENGTH))));
    }
    return new LibraryFunction(json.string("name", LibraryId.MAX_LENGTH),
        json.string("description", MAX_DESCRIPTION_LENGTH), parameters,
        ValueType.ofWord(json.string("result", ValueType.MAX_WORD_LENGTH)), json.bool("changes"),
        json.string("symbol", "", MAX_SYMBOL_LENGTH));
  }
}
