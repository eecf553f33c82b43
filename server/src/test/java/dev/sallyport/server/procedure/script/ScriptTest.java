package dev.sallyport.server.procedure.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import dev.sallyport.server.action.ActionConfiguration;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.procedure.yaml.Place;
import dev.sallyport.server.procedure.yaml.SourceException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What is wrong with a text is told by line and column; {@code /} stands for the end of a line here. */
class ScriptTest {
  static final Actions ACTIONS = actions();

  @ParameterizedTest
  @DisplayName("what cannot be read is named by line and column")
  @CsvSource(delimiter = ';', quoteCharacter = '#', value = {
      "##;1;1;empty",
      "steps;1;1;expected a procedure",
      "description: x;1;1;\"steps:\" is missing",
      "step: [];1;1;\"step\" has no meaning here",
      "steps: {};1;8;expected a list of steps",
      "steps: [];1;8;at least one step",
      "steps:/- acton: x;2;3;begins with one of action, set, if",
      "steps:/- action: x/  wiht: {};3;3;\"wiht\" has no meaning here; write action, with, as, on-error",
      "steps:/- action: x/  set: {a: 1};2;3;cannot be all of action, set",
      "steps:/- action: 5;2;11;put texts that look like something else between quotes",
      "steps:/- action: x/  on-error: ignore;3;13;expected stop or continue",
      "steps:/- action: x/  as: 1a;3;7;cannot be a name",
      "steps:/- set: {inputs: 1};2;9;cannot be a name",
      "steps:/- if: a ==/  then: [{return: 1}];2;11;value is missing",
      "steps:/- if: a;2;3;\"then:\" is missing",
      "steps:/- for: x/  in: abc/  do: [{return: 1}];3;7;expected a list",
      "steps:/- return: ${a +};2;15;not understood",
      "steps:/- return: \"${a\";2;12;no closing brace",
      "inputs: {a: {type: txt}}/steps: [{return: 1}];1;20;there is no such type",
      "inputs: {a: {type: choice}}/steps: [{return: 1}];1;13;\"choices:\" is missing",
      "inputs: {a: {type: number, default: x}}/steps: [{return: 1}];1;37;not a whole number",
      "inputs: {a: {type: secret, default: x}}/steps: [{return: 1}];1;37;a secret has no default",
      "steps: [{return: 1}]/steps: [];2;1;stands here twice",
      "a: &x [1]/b: *x;1;4;an anchor",
      "steps: [{return: *x}];1;18;an alias",
      "steps: [{return: !!java.lang.String x}];1;18;a tag",
      "steps: [{return: 1}]/---/a: 1;2;1;second document",
      "steps: [;1;9;no YAML"})
  void whatCannotBeReadIsNamedByPlace(String text, int line, int column, String why) {
    assertThatThrownBy(() -> ScriptReader.read(text.replace('/', '\n'))).as(text)
        .isInstanceOfSatisfying(SourceException.class, e -> {
          assertThat(e).hasMessageContaining(why);
          assertThat(e.place()).as(String.valueOf(e.getMessage())).isEqualTo(new Place(line, column));
        });
  }

  @ParameterizedTest
  @DisplayName("what cannot be run is found before it is")
  @CsvSource(delimiter = ';', quoteCharacter = '#', value = {
      "steps:/- action: reboo;2;11;there is no action",
      "steps:/- action: reboot/  with: {wiat: true};3;16;has no parameter \"wiat\"; it has wait, minutes, message",
      "steps:/- action: service;2;3;needs the parameter \"service\"",
      "steps:/- action: service/  with: {service: ssh, do: strat};3;28;start, stop",
      "steps:/- action: service/  with: {service: --force, do: start};3;19;not beginning with a dash",
      "steps:/- action: reboot/  with: {minutes: 0};3;19;from 1 to 1440",
      "steps:/- return: ${nothing.here};2;13;nothing is called \"nothing\"",
      "steps:/- return: ${inputs.x};2;13;no such input",
      "steps:/- return: ${inputs};2;13;no such input",
      "steps:/- action: set-password/  with: {user: anna, password: hush};3;32;is secret, and everybody can read this text",
      "inputs: {p: {type: secret}}/steps:/- return: ${inputs.p};3;13;would be shown here",
      "inputs: {p: {type: secret}}/steps:/- action: command-output/  with: {argv: [echo, \"${inputs.p}\"]};4;26;would be shown here",
      "inputs: {p: {type: secret}}/steps:/- action: set-password/  with: {user: a, password: \"x${inputs.p}\"};4;29;is secret",
      "steps:/- action: install-package/  with: {packages: [a, b], version: 1.0};3;9;only where one package"})
  void whatCannotBeRunIsFoundBefore(String text, int line, int column, String why) {
    List<SourceException> faults = ScriptCheck.faults(ScriptReader.read(text.replace('/', '\n')), ACTIONS);
    assertThat(faults).as(text).hasSize(1);
    assertThat(faults.getFirst()).hasMessageContaining(why);
    assertThat(faults.getFirst().place()).as(String.valueOf(faults.getFirst().getMessage()))
        .isEqualTo(new Place(line, column));
  }

  @Test
  void severalFaultsAreToldOfAtOnce() {
    assertThat(ScriptCheck.faults(ScriptReader.read("steps:\n- action: a\n- action: b\n- return: ${c}\n"), ACTIONS))
        .hasSize(3);
  }

  @Test
  @DisplayName("T33 a text that would grow without end is refused before it does")
  void bombsAreRefused() {
    assertThatThrownBy(() -> ScriptReader.read("steps: " + "[".repeat(100_000))).isInstanceOf(SourceException.class)
        .hasMessageContaining("nested");
    assertThatThrownBy(() -> ScriptReader.read("steps: [" + "1,".repeat(30_000) + "1]"))
        .isInstanceOf(SourceException.class).hasMessageContaining("20000 values");
    assertThatThrownBy(() -> ScriptReader.read("x".repeat(300_000))).isInstanceOf(SourceException.class)
        .hasMessageContaining("characters");
    assertThatThrownBy(() -> ScriptReader.read("a: &a [x]\nb: &b [*a,*a]\n")).hasMessageContaining("anchor");
  }

  @Test
  void whatLooksLikeAVersionIsText() {
    Script script = ScriptReader.read("steps:\n- set: {v: 1.10, n: 010, i: 12, b: true, z: null, d: 2026-01-01}\n");
    assertThat(((Step.Let) script.steps().getFirst()).values().values()).extracting(
        value -> value.fixed().orElseThrow().text())
        .containsExactly("\"1.10\"", "\"010\"", "12", "true", "null", "\"2026-01-01\"");
  }

  private static Actions actions() {
    try (var context = new AnnotationConfigApplicationContext(ActionConfiguration.class)) {
      return context.getBean(Actions.class);
    }
  }
}
