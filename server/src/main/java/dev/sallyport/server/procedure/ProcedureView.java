package dev.sallyport.server.procedure;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sallyport.server.procedure.script.Input;
import dev.sallyport.server.procedure.script.Script;
import dev.sallyport.server.procedure.script.ScriptReader;
import dev.sallyport.server.procedure.yaml.SourceException;

/**
 * A version of a procedure as the API shows it.
 *
 * @param description from its text
 * @param inputs what whoever runs it says
 * @param actions the actions in it
 */
record ProcedureView(@JsonUnwrapped Bare version, String description, List<InputView> inputs, List<String> actions,
    String source) {

  /** Which version it is, and who saved it. */
  record Bare(String name, long version, Instant created, String savedBy) {
    static Bare of(ProcedureVersion v) {
      return new Bare(v.name(), v.version(), v.created(), v.accountName());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record InputView(String name, String type, boolean required, String description, List<String> choices) {
    static InputView of(Input input) {
      return new InputView(input.name(), input.type().word(), input.required(), input.description(), input.choices());
    }
  }

  static ProcedureView of(ProcedureVersion v) {
    Script script = script(v);
    return new ProcedureView(Bare.of(v), script.description(), script.inputs().stream().map(InputView::of).toList(),
        script.actions(), v.source());
  }

  /** What an older server saved may be understood no more; its text can be read all the same. */
  private static Script script(ProcedureVersion v) {
    try {
      return ScriptReader.read(v.source());
    } catch (SourceException e) {
      return new Script("This server does not understand it: " + e.getMessage(), List.of(), List.of());
    }
  }
}
