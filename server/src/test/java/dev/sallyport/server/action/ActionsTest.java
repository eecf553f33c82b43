package dev.sallyport.server.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.server.access.ActionClass;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The actions there are, as Spring finds them. */
class ActionsTest {
  private static final Limits LIMITS = Scripted.LIMITS;

  private final Actions actions = found();

  @Test
  void everyActionInThePackageIsFoundWithoutBeingNamedAnywhere() {
    assertThat(actions.all()).extracting(Action::name).contains("exec", "machine-summary", "shell", "install-package",
        "service", "set-password", "reboot", "file-text");
  }

  @Test
  @DisplayName("C.1 every action belongs to exactly one class")
  void everyActionHasItsClass() {
    var classes = new ArrayList<String>();
    actions.all().forEach(action -> classes.add(action.name() + " " + action.description().actionClass()));
    assertThat(classes).contains("exec " + ActionClass.EXEC, "machine-summary " + ActionClass.READ,
        "shell " + ActionClass.EXEC);
  }

  @Test
  void twoActionsOfOneNameKeepTheServerFromStarting() {
    Action shell = actions.find("shell").orElseThrow();
    assertThatThrownBy(() -> new Actions(List.of(shell, shell))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("shell");
  }

  @Test
  void shellHandsTheLineOverAsItIs() {
    var script = new Scripted(
        "{\"command\":\"echo $HOME; exit 3\",\"directory\":\"/tmp\",\"environment\":{\"A\":\"b c\"},\"stdin\":\"in\"}");
    run("shell", script);
    assertThat(script.asked).singleElement().isInstanceOfSatisfying(RunShell.class, shell -> {
      assertThat(shell.command()).isEqualTo("echo $HOME; exit 3");
      assertThat(shell.directory()).isEqualTo("/tmp");
      assertThat(shell.environment()).isEqualTo(Map.of("A", "b c"));
      assertThat(shell.stdin().length()).isEqualTo(2);
      assertThat(shell.limits()).isEqualTo(LIMITS);
    });
  }

  @Test
  @DisplayName("T4 exec hands arguments over one by one; no character in them means anything")
  void execHandsOverArgumentsOneByOne() {
    var script = new Scripted("{\"argv\":[\"printf\",\"%s\",\"; rm -rf /\",\"$(id)\",\"`id`\",\"|\",\"a\\nb\",\"\"]}");
    run("exec", script);
    assertThat(script.asked).singleElement().isInstanceOfSatisfying(RunProgram.class,
        program -> assertThat(program.argv()).containsExactly("printf", "%s", "; rm -rf /", "$(id)", "`id`", "|",
            "a\nb", ""));
  }

  @Test
  void whatNoMachineCouldRunIsRefusedBeforeItIsStored() {
    assertThatThrownBy(() -> check("shell", "{\"command\":\"a\\u0000b\"}")).isInstanceOf(ProtocolException.class)
        .hasMessageContaining("command");
    assertThatThrownBy(() -> check("shell", "{\"command\":\"a\",\"environment\":{\"A=B\":\"c\"}}"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("environment");
    assertThatThrownBy(
        () -> check("exec", "{\"argv\":[\"a\",\"" + "x".repeat(130_000) + "\",\"" + "x".repeat(3_000) + "\"]}"))
        .isInstanceOf(ProtocolException.class).hasMessageContaining("argv");
    assertThatThrownBy(() -> check("exec", "{\"argv\":[]}")).isInstanceOf(ProtocolException.class)
        .hasMessageContaining("argv");
    assertThatThrownBy(() -> check("shell", "{\"command\":\"" + "ü".repeat(70_000) + "\"}"))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aProgramThatFailsEndsTheActionInTheSameWay() {
    var script = new Scripted("{\"command\":\"false\"}");
    script.answer = _ -> without(Outcome.FAILED);
    assertThatThrownBy(() -> run("shell", script))
        .isInstanceOfSatisfying(OperationEndedException.class,
            e -> assertThat(e.result().outcome()).isEqualTo(Outcome.FAILED));
  }

  @Test
  @DisplayName("K7 the summary is made of five questions, and what the machine cannot tell is named")
  void theSummaryIsMadeOfOperations() {
    var script = new Scripted("{}");
    script.answer = operation -> operation.name().equals("host.disks")
        ? without(Outcome.UNSUPPORTED)
        : found(operation.name());
    JsonObject summary = run("machine-summary", script);

    assertThat(script.asked).extracting(Operation::name).containsExactly("host.properties", "host.processors",
        "host.memory", "host.disks",
        "host.addresses");
    assertThat(summary.names()).containsExactly("host", "processors", "memory", "addresses", "unsupported");
    assertThat(summary.object("memory").string("name")).isEqualTo("host.memory");
    assertThat(summary.strings("unsupported", 9, 99)).containsExactly("disks");
  }

  @Test
  void theSummaryEndsWhenAQuestionFails() {
    var script = new Scripted("{}");
    script.answer = operation -> operation.name().equals("host.memory") ? without(Outcome.CANCELLED) : found("x");
    assertThatThrownBy(() -> run("machine-summary", script))
        .isInstanceOfSatisfying(OperationEndedException.class,
            e -> assertThat(e.result().outcome()).isEqualTo(Outcome.CANCELLED));
    assertThat(script.asked).hasSize(3);
  }

  private JsonObject run(String name, Scripted script) {
    return actions.find(name).orElseThrow().run(script);
  }

  private void check(String name, String json) {
    Action action = actions.find(name).orElseThrow();
    action.check(action.description().validate((JsonObject) Json.parse(json)));
  }

  private static Actions found() {
    try (var context = new AnnotationConfigApplicationContext(ActionConfiguration.class)) {
      return context.getBean(Actions.class);
    }
  }

  private static OperationResult found(String name) {
    return OperationResult.found(Instant.EPOCH, Instant.EPOCH, JsonObject.builder().put("name", name).build());
  }

  private static OperationResult without(Outcome outcome) {
    return OperationResult.without(outcome, Instant.EPOCH, Instant.EPOCH, "because");
  }
}
