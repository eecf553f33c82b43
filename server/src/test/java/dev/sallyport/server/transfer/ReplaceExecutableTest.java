package dev.sallyport.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.protocol.operation.TransferOperation;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Programs are replaced with a way back, wherever it fails. */
class ReplaceExecutableTest extends TransferScene {
  private static final String PATH = "/usr/local/bin/app";
  private static final byte[] OLD = {1};
  private static final byte[] NEW = {2, 2};

  @BeforeEach
  void prepare() throws IOException {
    keep(NEW);
    machine.files.put(PATH, OLD);
  }

  private static String order(String more) {
    return "{\"file\":\"data.bin\",\"path\":\"" + PATH + "\"" + more + "}";
  }

  private Run replaced(String more) {
    server.switchboard.up(link());
    return ended(give("replace-executable", order(more)));
  }

  private List<String> programs() {
    return machine.did.stream().filter(RunProgram.class::isInstance).map(RunProgram.class::cast)
        .map(program -> String.join(" ", program.argv())).toList();
  }

  @Test
  @DisplayName("M4 a program is tried, replaced in one step, restarted and looked at, and the old one is kept")
  void aProgramIsReplaced() {
    Run run = replaced(
        ",\"check\":[\"{}\",\"--version\"],\"service\":\"app\",\"health\":[\"curl\",\"-f\",\"localhost\"]");
    assertThat(run.state()).as(run.reason()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(machine.files.get(PATH)).isEqualTo(NEW);
    assertThat(machine.files.get(PATH + ".before")).isEqualTo(OLD);
    assertThat(machine.files).doesNotContainKey(PATH + ".new");
    assertThat(programs()).containsExactly(PATH + ".new --version", "ln -fT -- " + PATH + " " + PATH + ".before",
        "systemctl restart -- app", "curl -f localhost");
    assertThat(machine.did).filteredOn(TransferOperation.Commit.class::isInstance).singleElement()
        .extracting(Operation::arguments).extracting(JsonObject::text).asString()
        .contains("\"0750\"", "\"app\"");
    assertThat(run.value().string("before")).isEqualTo(PATH + ".before");
  }

  @Test
  void aFileThatFailsItsCheckReplacesNothing() {
    machine.failing.add(PATH + ".new");
    Run run = replaced(",\"check\":[\"{}\",\"--version\"]");
    assertThat(run.state()).isEqualTo(new RunState.Ended(Outcome.FAILED));
    assertThat(run.reason()).contains("did not pass its check (exit code 1)", "nothing was replaced");
    assertThat(machine.files).containsOnlyKeys(PATH);
    assertThat(machine.files.get(PATH)).isEqualTo(OLD);
  }

  @Test
  @DisplayName("M4 the old program comes back, and its service too, when the new one is not well")
  void theOldOneComesBack() {
    machine.failing.add("curl");
    Run run = replaced(",\"service\":\"app\",\"health\":[\"curl\"]");
    assertThat(run.state()).isEqualTo(new RunState.Ended(Outcome.FAILED));
    assertThat(run.reason()).contains("not well with it (exit code 1)", "the old one is back");
    assertThat(machine.files).containsOnlyKeys(PATH);
    assertThat(machine.files.get(PATH)).isEqualTo(OLD);
    assertThat(programs().getLast()).isEqualTo("systemctl restart -- app");
  }

  @Test
  void aServiceThatDoesNotStartBringsTheOldOneBack() {
    machine.failing.add("systemctl");
    assertThat(replaced(",\"service\":\"app\"").reason()).contains("could not be restarted", "the old one is back");
    assertThat(machine.files.get(PATH)).isEqualTo(OLD);
  }

  @Test
  void whatReplacedNothingIsTakenAwayAgain() {
    machine.files.remove(PATH);
    machine.failing.add("curl");
    assertThat(replaced(",\"health\":[\"curl\"]").reason()).contains("taken away again");
    assertThat(machine.files).isEmpty();
  }

  @Test
  void aFileSystemWithoutSecondNamesGetsACopy() {
    machine.failing.add("ln");
    assertThat(replaced("").state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(machine.files.get(PATH + ".before")).isEqualTo(OLD);
  }

  @Test
  void anOldOneThatCannotBeKeptIsNotReplaced() {
    machine.failing.addAll(List.of("ln", "cp"));
    assertThat(replaced("").reason()).contains("could not be kept", "nothing was replaced");
    assertThat(machine.files).containsOnlyKeys(PATH);
    assertThat(machine.files.get(PATH)).isEqualTo(OLD);
  }

  @Test
  void aLinkIsNoProgram() {
    machine.kind = "symlink";
    assertThat(replaced("").reason()).contains("is a symlink and no file");
    assertThat(machine.did).isEmpty();
  }

  @Test
  @DisplayName("M4 wherever the link is cut, there is a program, and the swap happens once")
  void everyCutIsGoneOnFrom() {
    int point = 1;
    while (replacedBrokenAt(point)) {
      point++;
    }
    assertThat(point).isGreaterThan(10);
  }

  private boolean replacedBrokenAt(int point) {
    machine = new FileMachine();
    machine.files.put(PATH, OLD);
    id = server.enrol("cut-at-" + point, dev.sallyport.server.site.Approval.AUTO);
    FileMachine here = machine;
    FileLink link = link().cutAt(point).telling(
        _ -> assertThat(here.has(PATH)).as("there is a program at every moment").isTrue());
    server.switchboard.up(link);
    String directive = give("replace-executable", order(",\"health\":[\"curl\"]"));
    server.await("the run ended or the link broke", () -> run(directive).state().ended() || !link.isUp());
    boolean cut = !link.isUp();
    if (cut) {
      server.await("nothing goes on", () -> server.dispatcher.active() == 0);
      server.switchboard.up(link());
    }
    assertThat(ended(directive).state()).as("cut at %d: %s", point, run(directive).reason())
        .isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(machine.files.get(PATH)).isEqualTo(NEW);
    assertThat(machine.files.get(PATH + ".before")).isEqualTo(OLD);
    assertThat(programs()).hasSize(2);
    return cut;
  }

  @Test
  @DisplayName("T23 it takes the rights to run programs and to send files")
  void itTakesBothRights() {
    var operator = new Operator("account-2", "otto", Role.OPERATOR, "session-2");
    assertThatThrownBy(() -> server.directives.give(ordered("replace-executable", order("")), operator))
        .isInstanceOf(ProblemException.class).hasMessageContaining("forbidden");
  }
}
