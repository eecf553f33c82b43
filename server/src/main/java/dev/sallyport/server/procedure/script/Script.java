package dev.sallyport.server.procedure.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A procedure as its text says it.
 *
 * @param description for people; may be empty
 */
public record Script(String description, List<Input> inputs, List<Step> steps) {
  /** Copies. */
  public Script {
    inputs = List.copyOf(inputs);
    steps = List.copyOf(steps);
  }

  /** The input of this name, if there is one. */
  public Optional<Input> input(String name) {
    return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
  }

  /** The actions in it, each once, in the order of the text. */
  public List<String> actions() {
    var names = new ArrayList<String>();
    each(steps, step -> {
      if (step instanceof Step.Act act && !names.contains(act.action())) {
        names.add(act.action());
      }
    });
    return names;
  }

  /** Tells of every step, those within others too, in the order of the text. */
  static void each(List<Step> steps, Consumer<Step> seen) {
    for (Step step : steps) {
      seen.accept(step);
      switch (step) {
        case Step.Branch branch -> {
          each(branch.then(), seen);
          each(branch.otherwise(), seen);
        }
        case Step.Loop loop -> each(loop.steps(), seen);
        case Step.Act _,Step.Let _,Step.Fail _,Step.Return _ -> {
        }
      }
    }
  }
}
