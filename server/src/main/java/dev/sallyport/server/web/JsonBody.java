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
  /** How refusals read that name a field: {@code field "a.b[0]": why}, or {@code a: why}. */
  private static final Pattern NAMED = Pattern.compile("(?:field \"([^\"]*)\"|([A-Za-z][A-Za-z0-9_.\\[\\]]*)): (.*)",
      Pattern.DOTALL);
  private static final String UNKNOWN = "unknown, allowed here: ";
  private static final String MISSING = "missing, expected ";
  private static final Pattern EXPECTED = Pattern.compile("expected (.*?)(?:, found (.*))?", Pattern.DOTALL);

  private JsonBody() {
  }

  /**
   * Reads a body.
   *
   * @throws ProblemException 400 {@code invalid-field} if the reader refuses it
   */
  public static <T> T read(ObjectNode body, Function<JsonObject, T> reader) {
    return checked("",
        () -> reader.apply(Json.parseObject(body.toString().getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)));
  }

  /**
   * Runs something that refuses input; a refusal becomes a problem.
   *
   * @param within the field in which it looks; {@code ""} for the whole body
   */
  public static <T> T checked(String within, Supplier<T> work) {
    try {
      return work.get();
    } catch (ProtocolException e) {
      throw new ProblemException(problem(within, String.valueOf(e.getMessage())));
    }
  }

  private static Problem problem(String within, String refusal) {
    Matcher named = NAMED.matcher(refusal);
    if (!named.matches()) {
      return Problem.invalidField(within, "This is wrong: " + refusal + ".", "Correct it.");
    }
    String name = named.group(1) == null ? named.group(2) : named.group(1);
    String field = within.isEmpty() || name.equals(within) || name.startsWith(within + ".")
        ? name
        : within + "." + name;
    String why = named.group(3);
    Matcher expected = EXPECTED.matcher(why);
    if (why.startsWith(UNKNOWN)) {
      return Problem.invalidField(field, "There is no such field here.",
          "Leave it out, or use one of these: " + why.substring(UNKNOWN.length()) + ".");
    }
    if (why.startsWith(MISSING)) {
      return Problem.invalidField(field, "This field is missing.", "Add it: " + why.substring(MISSING.length()) + ".");
    }
    if (expected.matches()) {
      String found = expected.group(2);
      return Problem.invalidField(field, found == null ? "The value does not fit." : "This is " + found + ".",
          "Give " + expected.group(1) + ".");
    }
    return Problem.invalidField(field, "The value does not fit: " + why + ".", "Correct this field.");
  }
}
