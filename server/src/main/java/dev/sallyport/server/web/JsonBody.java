package dev.sallyport.server.web;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a request's body with the protocol's own reader, for bodies whose members are not all known beforehand: it names the field at
 * fault and what was expected of it, and so does the problem it becomes.
 */
public final class JsonBody {
  private static final Pattern FIELD = Pattern.compile("(?:field \"([^\"]*)\"|([A-Za-z0-9_.\\[\\]]+)): (.*)",
      Pattern.DOTALL);

  private JsonBody() {
  }

  /**
   * Reads a body.
   *
   * @throws ProblemException 400 {@code invalid-field} if the reader refuses it
   */
  public static <T> T read(ObjectNode body, Function<JsonObject, T> reader) {
    return checked(
        () -> reader.apply(Json.parseObject(body.toString().getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)));
  }

  /** Runs something that refuses input; a refusal becomes a problem. */
  public static <T> T checked(Supplier<T> work) {
    try {
      return work.get();
    } catch (ProtocolException e) {
      throw new ProblemException(problem(String.valueOf(e.getMessage())));
    }
  }

  private static Problem problem(String message) {
    Matcher named = FIELD.matcher(message);
    return named.matches()
        ? Problem.invalidField(named.group(1), "This field is wrong: " + named.group(2) + ".", "Correct this field.")
        : Problem.invalidField("", "The request is wrong: " + message + ".", "Correct it.");
  }
}
