package dev.sallyport.server.procedure.script;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.procedure.expression.Scope;
import dev.sallyport.server.procedure.expression.Template;
import dev.sallyport.server.procedure.expression.Values;
import dev.sallyport.server.procedure.yaml.Place;

/**
 * Carries a procedure out on one machine. What it does follows from its text, its inputs and what its actions answered, as it must for an
 * action: run again from its beginning, it asks for the same operations under the same numbers.
 */
public final class Interpreter {
  /** Most actions of one run. */
  static final int MAX_ACTIONS = 1_000;
  /** Most turns of all loops of one run. */
  static final int MAX_TURNS = 10_000;

  private final Script script;
  private final Actions actions;
  private final ActionContext context;
  private final Map<String, Json> values = new HashMap<>();
  private int done;
  private int failed;
  private int turns;

  /**
   * @param inputs by name, completed with defaults; no secrets
   */
  public Interpreter(Script script, Actions actions, ActionContext context, JsonObject inputs) {
    this.script = script;
    this.actions = actions;
    this.context = context;
    values.put(Words.INPUTS, inputs);
  }

  /**
   * Does all of it.
   *
   * @return how many actions were done, how many of them failed, and what the procedure returned
   * @throws OperationEndedException if it stopped at an error, or says that it failed
   */
  public JsonObject run() {
    Optional<Json> returned = all(script.steps());
    var json = JsonObject.builder().put("actions", done).put("failed", failed);
    returned.ifPresent(value -> json.put("value", value));
    return json.build();
  }

  /** What was returned, if anything was. */
  private Optional<Json> all(List<Step> steps) {
    for (Step step : steps) {
      Optional<Json> returned = one(step);
      if (returned.isPresent()) {
        return returned;
      }
    }
    return Optional.empty();
  }

  private Optional<Json> one(Step step) {
    return switch (step) {
      case Step.Act act -> {
        act(act);
        yield Optional.empty();
      }
      case Step.Let let -> {
        let.values().forEach((name, value) -> values.put(name, value(value)));
        yield Optional.empty();
      }
      case Step.Branch branch ->
        all(Values.truth(branch.condition().value(scope())) ? branch.then() : branch.otherwise());
      case Step.Loop loop -> loop(loop);
      case Step.Fail fail -> throw failed(fail.place(), Values.shown(value(fail.reason())));
      case Step.Return end -> Optional.of(value(end.value()));
    };
  }

  private Optional<Json> loop(Step.Loop loop) {
    if (!(value(loop.items()) instanceof JsonArray items)) {
      throw failed(loop.items().place(), "the loop's value is no list");
    }
    for (Json item : Values.items(items)) {
      if (++turns > MAX_TURNS) {
        throw failed(loop.place(), "the loops of one run have at most " + MAX_TURNS + " turns");
      }
      values.put(loop.name(), item);
      Optional<Json> returned = all(loop.steps());
      if (returned.isPresent()) {
        return returned;
      }
    }
    return Optional.empty();
  }

  private void act(Step.Act act) {
    if (done == MAX_ACTIONS) {
      throw failed(act.place(), "one run does at most " + MAX_ACTIONS + " actions");
    }
    Action action = actions.find(act.action())
        .orElseThrow(() -> failed(act.named(), "this server no longer has the action " + act.action()));
    if (!context.permits(action.description().actionClass())) {
      throw new OperationEndedException(Outcome.REFUSED, act.named() + ": whoever gave this may not give "
          + act.action() + " any more");
    }
    done++;
    Json answer;
    try {
      JsonObject given = parameters(act, action);
      refuseForeign(act, action, given);
      answer = action.run(new StepContext(context, given, secrets(act, action)));
    } catch (OperationEndedException e) {
      if (!act.goOn() || !mayGoOn(e.result().outcome())) {
        throw ended(act, e.result());
      }
      failed++;
      answer = JsonObject.builder().put("failed", true).put("outcome", e.result().outcome().word())
          .put("reason", e.result().reason()).build();
    }
    if (!act.as().isEmpty()) {
      values.put(act.as(), answer);
    }
  }

  /** What came from another machine may be sent on only by whoever may fetch it there (incident T23). */
  private void refuseForeign(Step.Act act, Action action, JsonObject given) {
    if (!action.sources(given).stream().allMatch(source -> context.permits(ActionClass.FILE_GET, source))) {
      throw new OperationEndedException(Outcome.REFUSED, act.named()
          + ": it would send what came from a machine whose files whoever gave this may not fetch");
    }
  }

  private JsonObject parameters(Step.Act act, Action action) {
    var given = JsonObject.builder();
    act.with().fields().forEach((name, template) -> {
      Json value = ScriptCheck.secretInput(script, template).isPresent()
          ? new dev.sallyport.protocol.json.JsonString(Parameter.Secret.SHOWN)
          : value(template);
      if (!(value instanceof JsonNull)) {
        given.put(name, value);
      }
    });
    try {
      JsonObject valid = action.description().validate(given.build());
      action.check(valid);
      return valid;
    } catch (ProtocolException e) {
      throw new OperationEndedException(Outcome.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** The secret inputs of an action's secret parameters. */
  private Map<String, String> secrets(Step.Act act, Action action) {
    var secrets = new HashMap<String, String>();
    for (Parameter parameter : action.description().parameters()) {
      Template template = act.with().fields().get(parameter.name());
      if (parameter instanceof Parameter.Secret && template != null) {
        ScriptCheck.secretInput(script, template).ifPresent(input -> secrets.put(parameter.name(), input.name()));
      }
    }
    return secrets;
  }

  private Json value(Template template) {
    try {
      return template.value(scope());
    } catch (Template.TooLongException e) {
      throw new OperationEndedException(Outcome.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private Scope scope() {
    return name -> values.getOrDefault(name, JsonNull.NULL);
  }

  /** A run that was cancelled or has had its time does not go on. */
  private static boolean mayGoOn(Outcome outcome) {
    return switch (outcome) {
      case FAILED, REFUSED, UNSUPPORTED, UNKNOWN -> true;
      case DONE, EXPIRED, CANCELLED -> false;
    };
  }

  private static OperationEndedException ended(Step.Act act, OperationResult result) {
    String reason = act.place() + ": " + act.action()
        + (result.reason().isEmpty() ? " failed" : ": " + result.reason());
    return new OperationEndedException(result.outcome(), reason);
  }

  private static OperationEndedException failed(Place place, String why) {
    return new OperationEndedException(Outcome.FAILED, place + ": " + why);
  }
}
