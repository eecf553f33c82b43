package dev.sallyport.server.action;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.json.JsonObject;

/**
 * Parameters, apart from what is secret in them.
 *
 * @param shown all parameters, with {@link Parameter.Secret#SHOWN} in place of each secret; what may be stored, logged and shown
 * @param secrets in UTF-8, by the parameter's name ({@code password}, {@code secrets.password}); whoever stored them wipes them
 */
public record Confidential(JsonObject shown, Map<String, byte[]> secrets) {
  static Confidential of(List<Parameter> parameters, JsonObject valid) {
    var shown = JsonObject.builder();
    var secrets = new LinkedHashMap<String, byte[]>();
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      if (!valid.has(name)) {
        continue;
      }
      switch (parameter) {
        case Parameter.Secret secret -> {
          secrets.put(name, bytes(valid, name, secret.maxLength()));
          shown.put(name, Parameter.Secret.SHOWN);
        }
        case Parameter.SecretMap map -> {
          JsonObject given = valid.object(name);
          var hidden = JsonObject.builder();
          for (String key : given.names()) {
            secrets.put(name + "." + key, bytes(given, key, map.maxLength()));
            hidden.put(key, Parameter.Secret.SHOWN);
          }
          shown.put(name, hidden.build());
        }
        case Parameter.Text _,Parameter.TextList _,Parameter.TextMap _,Parameter.Word _,Parameter.Words _ ->
          shown.put(name, valid.get(name));
        case Parameter.Choice _,Parameter.Whole _,Parameter.Flag _ -> shown.put(name, valid.get(name));
      }
    }
    return new Confidential(shown.build(), secrets);
  }

  private static byte[] bytes(JsonObject object, String name, int maxLength) {
    return object.string(name, maxLength).getBytes(StandardCharsets.UTF_8);
  }

  /** Tells names only. */
  @Override
  public String toString() {
    return "Confidential" + secrets.keySet();
  }
}
