package dev.sallyport.server.procedure.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Scripted;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  private final List<String> did = new ArrayList<>();
  private final Scripted machine = new Scripted("{}");
  private Function<String, JsonObject> answer = what -> JsonObject.builder().put("did", what).build();

  @Test
  void stepsAreDoneInOrderAndValuesGoOn() {
    assertThat(run("""
        steps:
          - action: act
            with: {what: first}
            as: one
          - set: {list: [x, "${one.did}"], n: 2}
          - for: item
            in: ${list}
            do:
              - action: act
                with: {what: "${item}-${n}"}
          - return: {last: "${item}", all: "${list}"}
          - action: act
            with: {what: never}
        """)).isEqualTo("{\"actions\":3,\"failed\":0,\"value\":{\"last\":\"first\",\"all\":[\"x\",\"first\"]}}");
    assertThat(did).containsExactly("first", "x-2", "first-2");
  }

  @Test
  void oneOfTwoBranchesIsTaken() {
    String source = """
        inputs: {n: {type: number}}
        steps:
          - if: inputs.n > 5
            then: [{action: act, with: {what: more}}]
            else:
              - if: ${inputs.n == 5}
                then: [{action: act, with: {what: same}}]
        """;
    run(source, "{\"n\":6}");
    run(source, "{\"n\":5}");
    run(source, "{\"n\":4}");
    assertThat(did).containsExactly("more", "same");
  }

  @Test
  void anErrorStopsUnlessTheStepSaysOtherwise() {
    answer = _ -> {
      throw new OperationEndedException(Outcome.UNSUPPORTED, "not here");
    };
    assertThat(run("""
        steps:
          - action: act
            with: {what: a}
            on-error: continue
            as: a
          - return: "${a.failed} ${a.outcome} ${a.reason}"
        """)).isEqualTo("{\"actions\":1,\"failed\":1,\"value\":\"true unsupported not here\"}");
    assertThatThrownBy(() -> run("steps:\n  - action: act\n    with: {what: b}\n  - return: 1\n"))
        .isInstanceOfSatisfying(OperationEndedException.class, e -> {
          assertThat(e.result().outcome()).isEqualTo(Outcome.UNSUPPORTED);
          assertThat(e.result().reason()).isEqualTo("line 2, column 5: act: not here");
        });
  }

  @Test
  void whatWasCancelledDoesNotGoOn() {
    answer = _ -> {
      throw new OperationEndedException(Outcome.CANCELLED, "");
    };
    assertThatThrownBy(() -> run("steps:\n- {action: act, with: {what: a}, on-error: continue}\n- return: 1\n"))
        .isInstanceOfSatisfying(OperationEndedException.class,
            e -> assertThat(e.result().outcome()).isEqualTo(Outcome.CANCELLED));
  }

  @Test
  void aProcedureMaySayThatItFailed() {
    assertThatThrownBy(() -> run("steps:\n- fail: \"no ${none}good\"\n"))
        .isInstanceOfSatisfying(OperationEndedException.class,
            e -> assertThat(e.result().reason()).isEqualTo("line 2, column 3: no good"));
  }

  @Test
  @DisplayName("T4 a value from a machine that is no name is refused when its step comes")
  void valuesAreJudgedWhenTheirStepComes() {
    answer = what -> JsonObject.builder().put("did", "--force; $(reboot)").build();
    assertThatThrownBy(() -> run("""
        steps:
          - {action: act, with: {what: a}, as: a}
          - {action: act, with: {what: "${a.did}"}}
        """)).hasMessageContaining("line 3").hasMessageContaining("what");
    assertThat(did).containsExactly("a");
  }

  @Test
  @DisplayName("T23 a right that was taken away ends the run before the next action")
  void rightsAreAskedBeforeEachAction() {
    answer = what -> {
      machine.permitted.remove(ActionClass.EXEC);
      return JsonObject.EMPTY;
    };
    assertThatThrownBy(() -> run("""
        steps:
          - {action: act, with: {what: a}}
          - {action: act, with: {what: b}, on-error: continue}
        """)).isInstanceOfSatisfying(OperationEndedException.class,
        e -> assertThat(e.result().outcome()).isEqualTo(Outcome.REFUSED));
    assertThat(did).containsExactly("a");
  }

  @Test
  void aSecretGoesToItsParameterOnly() {
    machine.secrets.put("secrets.p", "hush");
    run("""
        inputs: {p: {type: secret}}
        steps:
          - {action: hide, with: {password: "${inputs.p}"}}
        """);
    assertThat(did).containsExactly("hush •••");
  }

  @Test
  void loopsEnd() {
    String inner = "steps:\n- set: {l: [" + "1,".repeat(199)
        + "1]}\n- for: a\n  in: ${l}\n  do:\n  - for: b\n    in: ${l}\n    do: ";
    assertThatThrownBy(() -> run(inner + "[{set: {x: 1}}]\n")).hasMessageContaining("at most 10000 turns");
    assertThatThrownBy(() -> run(inner + "[{action: act, with: {what: a}}]\n"))
        .hasMessageContaining("at most 1000 actions");
    assertThatThrownBy(() -> run("steps:\n- {for: a, in: \"${none}\", do: [{return: 1}]}\n"))
        .hasMessageContaining("line 2").hasMessageContaining("no list");
  }

  private String run(String source) {
    return run(source, "{}");
  }

  private String run(String source, String inputs) {
    return new Interpreter(ScriptReader.read(source), new Actions(List.of(new Act(), new Hide())), machine,
        (JsonObject) Json.parse(inputs)).run().text();
  }

  private final class Act implements Action {
    @Override
    public ActionDescription description() {
      return new ActionDescription("act", "Act", "Acts.", ActionClass.EXEC,
          List.of(new Parameter.Word("what", "What.", true, dev.sallyport.server.action.Spelling.VERSION)));
    }

    @Override
    public JsonObject run(ActionContext context) {
      String what = context.parameters().string("what");
      did.add(what);
      return answer.apply(what);
    }
  }

  private final class Hide implements Action {
    @Override
    public ActionDescription description() {
      return new ActionDescription("hide", "Hide", "Hides.", ActionClass.EXEC,
          List.of(new Parameter.Secret("password", "Hidden.", true, 100)));
    }

    @Override
    public JsonObject run(ActionContext context) {
      did.add(new String(context.secret("password"), java.nio.charset.StandardCharsets.UTF_8) + " "
          + context.parameters().string("password"));
      return JsonObject.EMPTY;
    }
  }
}
