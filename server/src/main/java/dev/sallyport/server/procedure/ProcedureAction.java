package dev.sallyport.server.procedure;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Spelling;
import dev.sallyport.server.procedure.script.ActionNames;
import dev.sallyport.server.procedure.script.Input;
import dev.sallyport.server.procedure.script.Interpreter;
import dev.sallyport.server.procedure.script.Script;
import dev.sallyport.server.procedure.script.ScriptReader;
import dev.sallyport.server.procedure.yaml.SourceException;

/** Runs a procedure: one version of it, which is settled when the order is given. */
final class ProcedureAction implements Action {
  private static final int MAX_INPUTS = 50;
  private static final int MAX_SECRET = 1_024;
  private static final long NEWEST = 0;
  private static final Parameter NAME = new Parameter.Word("name", "The procedure, by name.", true, Spelling.PROCEDURE);
  private static final Parameter VERSION = new Parameter.Whole("version", "Which version of it; 0 is the newest.",
      false, NEWEST, Procedures.MAX_VERSIONS, NEWEST);
  private static final Parameter INPUTS = new Parameter.TextMap("inputs",
      "Its inputs by name, as texts; items of a list are separated by commas.", MAX_INPUTS, Input.MAX_CHARACTERS);
  private static final Parameter SECRETS = new Parameter.SecretMap("secrets", "Its secret inputs by name.", MAX_INPUTS,
      MAX_SECRET);

  static final ActionDescription DESCRIPTION = new ActionDescription(ActionNames.PROCEDURE, "Run a procedure",
      "Runs a script of actions that an operator saved. Whoever gives it needs the right of each action in it.",
      ActionClass.ACT, List.of(NAME, VERSION, INPUTS, SECRETS));

  private final Procedures procedures;
  private final Supplier<Actions> actions;

  ProcedureAction(Procedures procedures, Supplier<Actions> actions) {
    this.procedures = procedures;
    this.actions = actions;
  }

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject settle(JsonObject parameters) {
    String name = parameters.string(NAME.name());
    long wanted = parameters.integer(VERSION.name(), NEWEST, Procedures.MAX_VERSIONS);
    ProcedureVersion newest = procedures.newest(name)
        .orElseThrow(() -> parameters.refused(NAME.name(), "there is no procedure of this name"));
    if (wanted > newest.version()) {
      throw parameters.refused(VERSION.name(), "the newest version is " + newest.version());
    }
    var settled = JsonObject.builder();
    for (String field : parameters.names()) {
      settled.put(field, field.equals(VERSION.name()) && wanted == NEWEST
          ? new JsonNumber.Whole(newest.version())
          : parameters.get(field));
    }
    return settled.build();
  }

  @Override
  public void check(JsonObject parameters) {
    Script script = script(parameters).orElseThrow(
        () -> parameters.refused(VERSION.name(), "there is no such version that this server understands"));
    refuseUnknown(script, parameters.objectOrEmpty(INPUTS.name()), false);
    refuseUnknown(script, parameters.objectOrEmpty(SECRETS.name()), true);
    for (Input input : script.inputs()) {
      boolean secret = input.type() == Input.Type.SECRET;
      JsonObject given = parameters.objectOrEmpty(secret ? SECRETS.name() : INPUTS.name());
      if (input.required() && !given.has(input.name())) {
        throw parameters.refused((secret ? SECRETS : INPUTS).name() + "." + input.name(),
            "the procedure needs this input");
      }
      if (!secret && given.has(input.name()) && read(input, given).isEmpty()) {
        throw given.refused(input.name(), "expected " + input.meaning());
      }
    }
  }

  private static void refuseUnknown(Script script, JsonObject given, boolean secret) {
    for (String name : given.names()) {
      if (script.input(name).filter(input -> (input.type() == Input.Type.SECRET) == secret).isEmpty()) {
        throw given.refused(name, secret
            ? "the procedure has no secret input of this name"
            : "the procedure has no such input; it has "
                + String.join(", ", script.inputs().stream().map(Input::name).toList()));
      }
    }
  }

  @Override
  public Set<ActionClass> classes(JsonObject parameters) {
    return script(parameters).map(procedures::classes).orElse(Set.of(ActionClass.ACT));
  }

  @Override
  public JsonObject run(ActionContext context) {
    Script script = script(context.parameters()).orElseThrow(() -> new OperationEndedException(Outcome.FAILED,
        "this server has no such version of the procedure, or does not understand it any more"));
    JsonObject given = context.parameters().objectOrEmpty(INPUTS.name());
    var inputs = JsonObject.builder();
    for (Input input : script.inputs()) {
      Optional<Json> value = given.has(input.name()) ? read(input, given) : input.absent();
      value.ifPresent(present -> inputs.put(input.name(), present));
    }
    return new Interpreter(script, actions.get(), context, inputs.build()).run();
  }

  private static Optional<Json> read(Input input, JsonObject given) {
    return input.read(given.string(input.name(), Input.MAX_CHARACTERS));
  }

  private Optional<Script> script(JsonObject parameters) {
    return procedures
        .find(parameters.string(NAME.name()), parameters.integer(VERSION.name(), NEWEST, Procedures.MAX_VERSIONS))
        .flatMap(version -> {
          try {
            return Optional.of(ScriptReader.read(version.source()));
          } catch (SourceException _) {
            return Optional.empty();
          }
        });
  }
}
