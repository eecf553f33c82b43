package dev.sallyport.server.action;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;

/**
 * What an action is and takes: enough for the API to validate an order, for the console to draw a form and for the gate to decide.
 *
 * @param name how it is found: lower-case words joined by dashes
 * @param title a few words for a button or a heading
 * @param description one or two sentences
 * @param actionClass the permission it needs
 * @param parameters in the order a form shows them
 */
public record ActionDescription(String name, String title, String description, ActionClass actionClass,
    List<Parameter> parameters) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  public ActionDescription {
    parameters = List.copyOf(parameters);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("an action's name is lower-case words joined by dashes, not \"" + name + "\"");
    }
    var names = new HashSet<String>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(
            "action " + name + " describes the parameter " + parameter.name() + " twice");
      }
    }
  }

  /**
   * Checks parameters against this description.
   *
   * @return them, completed with defaults, in the order of the description
   * @throws ProtocolException naming the parameter at fault and what it should be
   */
  public JsonObject validate(JsonObject given) {
    given.onlyFields(parameters.stream().map(Parameter::name).toArray(String[]::new));
    var valid = JsonObject.builder();
    for (Parameter parameter : parameters) {
      parameter.take(given, valid);
    }
    return valid.build();
  }

  /** Takes what is secret out of valid parameters. */
  public Confidential part(JsonObject valid) {
    return Confidential.of(parameters, valid);
  }
}
