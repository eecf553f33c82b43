package dev.sallyport.operation.process;

import java.util.Map;
import java.util.TreeMap;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.ValueOperation;

/**
 * The family of small values. {@code value.environment}: {@code variables}, what every program is given, which is less than what the
 * agent itself was started with; one that is no text is left out.
 */
public final class ValueOperations implements Primitive<ValueOperation> {
  @Override
  public Ending run(ValueOperation operation, OperationContext context) {
    return switch (operation) {
      case ValueOperation.Environment _ -> Ending.found(environment());
    };
  }

  private static JsonObject environment() {
    Map<String, String> variables = new TreeMap<>(System.getenv());
    Environment.prepare(variables, Map.of(), "");
    variables.remove(ProcessTree.MARK);
    var json = JsonObject.builder();
    variables.forEach((name, value) -> put(json, name, value));
    return JsonObject.builder().put("variables", json.build()).build();
  }

  private static void put(JsonObject.Builder json, String name, String value) {
    try {
      json.put(name, value);
    } catch (ProtocolException | IllegalArgumentException e) {
      // Half a character, from bytes that are no text: nothing that could be told.
      return;
    }
  }
}
