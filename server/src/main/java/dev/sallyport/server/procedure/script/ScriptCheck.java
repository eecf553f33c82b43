package dev.sallyport.server.procedure.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.procedure.expression.Expression;
import dev.sallyport.server.procedure.expression.Template;
import dev.sallyport.server.procedure.yaml.Place;
import dev.sallyport.server.procedure.yaml.SourceException;

/**
 * Finds what is wrong with a procedure before it is run: actions and parameters that are not there, values that do not fit, names that mean
 * nothing, secrets that would be shown.
 */
public final class ScriptCheck {
  /** Most faults told of at once. */
  static final int MAX_FAULTS = 20;

  private final Script script;
  private final Actions actions;
  private final List<SourceException> faults = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private ScriptCheck(Script script, Actions actions) {
    this.script = script;
    this.actions = actions;
  }

  /** What is wrong, in the order of the text; empty if nothing is. */
  public static List<SourceException> faults(Script script, Actions actions) {
    var check = new ScriptCheck(script, actions);
    Script.each(script.steps(), check::learn);
    Script.each(script.steps(), check::look);
    return check.faults.stream().limit(MAX_FAULTS).toList();
  }

  /** A name means something wherever it is given a value somewhere: until then it is none. */
  private void learn(Step step) {
    switch (step) {
      case Step.Act act when !act.as().isEmpty() -> names.add(act.as());
      case Step.Let let -> names.addAll(let.values().keySet());
      case Step.Loop loop -> names.add(loop.name());
      case Step.Act _,Step.Branch _,Step.Fail _,Step.Return _ -> {
      }
    }
  }

  private void look(Step step) {
    switch (step) {
      case Step.Act act -> act(act);
      case Step.Let let -> let.values().values().forEach(this::open);
      case Step.Branch branch -> branch.condition().references(this::reference);
      case Step.Loop loop -> open(loop.items());
      case Step.Fail fail -> open(fail.reason());
      case Step.Return end -> open(end.value());
    }
  }

  private void act(Step.Act act) {
    Optional<Action> action = actions.find(act.action());
    if (action.isEmpty() || act.action().equals(ActionNames.PROCEDURE)) {
      wrong(act.named(), action.isEmpty()
          ? "there is no action \"" + act.action() + "\"; `sallyport actions list` lists those there are"
          : "a procedure does not run another one; write its steps here");
      return;
    }
    ActionDescription description = action.get().description();
    for (var field : act.with().fields().entrySet()) {
      Optional<Parameter> parameter = description.parameters().stream()
          .filter(each -> each.name().equals(field.getKey())).findFirst();
      if (parameter.isEmpty()) {
        wrong(field.getValue().place(), act.action() + " has no parameter \"" + field.getKey() + "\"; it has "
            + String.join(", ", description.parameters().stream().map(Parameter::name).toList()));
      } else if (parameter.get() instanceof Parameter.Secret) {
        secret(field.getKey(), field.getValue());
      } else {
        open(field.getValue());
      }
    }
    for (Parameter parameter : description.parameters()) {
      if (parameter.required() && !act.with().fields().containsKey(parameter.name())) {
        wrong(act.place(), act.action() + " needs the parameter \"" + parameter.name() + "\" under \"with:\"");
        return;
      }
    }
    values(act, action.get());
  }

  /** Values that are the same in every run are judged now, by themselves and then together. */
  private void values(Step.Act act, Action action) {
    var fixed = JsonObject.builder();
    boolean all = true;
    for (Parameter parameter : action.description().parameters()) {
      Template field = act.with().fields().get(parameter.name());
      if (field == null || parameter instanceof Parameter.Secret) {
        all &= field == null;
        continue;
      }
      Optional<Json> value = field.fixed();
      if (value.isEmpty()) {
        all = false;
        continue;
      }
      fixed.put(parameter.name(), value.get());
      try {
        parameter.take(JsonObject.builder().put(parameter.name(), value.get()).build(), JsonObject.builder());
      } catch (ProtocolException e) {
        wrong(field.place(), String.valueOf(e.getMessage()));
        return;
      }
    }
    if (all) {
      try {
        action.check(action.description().validate(fixed.build()));
      } catch (ProtocolException e) {
        wrong(act.with().place(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void secret(String parameter, Template value) {
    if (secretInput(script, value).isEmpty()) {
      wrong(value.place(), "\"" + parameter + "\" is secret, and everybody can read this text; declare an input of the "
          + "type secret and write ${inputs.NAME} here");
    }
  }

  /** The secret input that a value is, if it is one and nothing else. */
  static Optional<Input> secretInput(Script script, Template value) {
    return value instanceof Template.Whole(Place _, Expression.Reference(Place _, String name, List<Expression.Part> parts))
        && name.equals(Words.INPUTS) && parts.size() == 1
        && parts.getFirst() instanceof Expression.Part.Field(String field)
            ? script.input(field).filter(input -> input.type() == Input.Type.SECRET)
            : Optional.empty();
  }

  /** A value that may be stored and shown. */
  private void open(Template value) {
    value.references(this::reference);
  }

  private void reference(Expression.Reference reference) {
    if (!reference.name().equals(Words.INPUTS)) {
      if (!names.contains(reference.name())) {
        wrong(reference.place(), "nothing is called \"" + reference.name() + "\" here; inputs are written inputs.NAME, "
            + "values of actions get a name by \"as:\", others by \"set:\"");
      }
      return;
    }
    Optional<Input> input = reference.parts().isEmpty()
        ? Optional.empty()
        : reference.parts().getFirst() instanceof Expression.Part.Field(String name)
            ? script.input(name)
            : Optional.empty();
    if (input.isEmpty()) {
      wrong(reference.place(), "there is no such input; declare it under \"inputs:\"");
    } else if (input.get().type() == Input.Type.SECRET) {
      wrong(reference.place(),
          "the secret input \"" + input.get().name() + "\" would be shown here; it can only be the "
              + "whole value of an action's secret parameter");
    }
  }

  private void wrong(Place place, String detail) {
    faults.add(new SourceException(place, detail));
  }
}
