package dev.sallyport.server.procedure.script;

import java.util.List;
import java.util.Map;

import dev.sallyport.server.procedure.expression.Expression;
import dev.sallyport.server.procedure.expression.Template;
import dev.sallyport.server.procedure.yaml.Place;

/** One step of a procedure. */
public sealed interface Step {
  /** Where it stands. */
  Place place();

  /**
   * Does an action.
   *
   * @param named where its name stands
   * @param with its parameters
   * @param as the name under which its value is kept; empty if it is not
   * @param goOn whether the procedure goes on when it fails
   */
  record Act(Place place, Place named, String action, Template.Fields with, String as, boolean goOn) implements Step {}

  /** Gives names values. */
  record Let(Place place, Map<String, Template> values) implements Step {}

  /** Does one thing or another. */
  record Branch(Place place, Expression condition, List<Step> then, List<Step> otherwise) implements Step {
    /** Copies. */
    public Branch {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** Does steps once for each item of a list. */
  record Loop(Place place, String name, Template items, List<Step> steps) implements Step {
    /** Copies. */
    public Loop {
      steps = List.copyOf(steps);
    }
  }

  /** Ends the procedure as failed. */
  record Fail(Place place, Template reason) implements Step {}

  /** Ends the procedure well, with this value. */
  record Return(Place place, Template value) implements Step {}
}
