package dev.sallyport.server.action.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.UserOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Scripted;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and questions to users, on a machine that answers as the test says. */
class UserActionsTest {
  private static final Action MESSAGE = new MessageUserAction();
  private static final Action ASK = new AskUserAction();

  private static Scripted machine(Action action, String json) {
    JsonObject valid = action.description().validate((JsonObject) Json.parse(json));
    action.check(valid);
    return new Scripted(valid);
  }

  @Test
  @DisplayName("K8 a message is shown at once, or behind a flashing icon")
  void aMessageIsShownInOneOfTwoWays() {
    Scripted machine = machine(MESSAGE, "{\"text\":\" a\\r\\nb \",\"title\":\" T \",\"user\":\"anna\"}");
    MESSAGE.run(machine);
    assertThat(machine.asked).containsExactly(
        new UserOperation.Message(new UserOperation.Words("T", "a\nb", "anna", Scripted.LIMITS.time())));

    machine = machine(MESSAGE, "{\"text\":\"a\",\"show\":\"tray\"}");
    MESSAGE.run(machine);
    assertThat(machine.asked).containsExactly(
        new UserOperation.Notice(new UserOperation.Words("", "a", "", Scripted.LIMITS.time())));
  }

  @Test
  @DisplayName("K8 the answer to a question is the action's value")
  void theAnswerIsTheValue() {
    Scripted machine = machine(ASK, "{\"text\":\"May I?\"}");
    machine.answer = operation -> Scripted.found(JsonObject.builder().put("answer", "yes").build());
    assertThat(ASK.run(machine).string("answer")).isEqualTo("yes");
  }

  @Test
  void nothingStaysLongerThanTheOrderMay() {
    JsonObject valid = ASK.description().validate((JsonObject) Json.parse("{\"text\":\"x\",\"minutes\":7}"));
    assertThat(Words.of(valid, Duration.ofHours(1)).time()).isEqualTo(Duration.ofMinutes(7));
    assertThat(Words.of(valid, Duration.ofMinutes(2)).time()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aMachineWithoutScreensEndsTheRunAsItSays() {
    Scripted machine = machine(MESSAGE, "{\"text\":\"x\"}");
    machine.answer = operation -> OperationResult.without(Outcome.UNSUPPORTED, machine.given(), machine.given(),
        "nobody is logged in");
    assertThatThrownBy(() -> MESSAGE.run(machine)).isInstanceOfSatisfying(OperationEndedException.class,
        e -> assertThat(e.result().outcome()).isEqualTo(Outcome.UNSUPPORTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"text\":\" \\n \"}", "{\"text\":\"a\\u202eb\"}", "{\"text\":\"a\\u001b[2J\"}",
      "{\"text\":\"x\",\"title\":\"a\\nb\"}", "{\"text\":\"x\",\"minutes\":0}", "{\"text\":\"x\",\"minutes\":1381}",
      "{\"text\":\"x\",\"show\":\"loud\"}", "{\"text\":\"x\",\"html\":\"y\"}",
      "{\"text\":\"x\",\"user\":\"a\\u0000\"}"})
  void whatNoMachineWouldShowIsRefusedBeforeItIsStored(String json) {
    assertThatThrownBy(() -> machine(MESSAGE, json)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void lookingTakesLessThanTalking() {
    assertThat(MESSAGE.description().actionClass()).isEqualTo(ActionClass.ACT);
    assertThat(ASK.description().actionClass()).isEqualTo(ActionClass.ACT);
    Action list = new ListSessionsAction();
    assertThat(list.description().actionClass()).isEqualTo(ActionClass.READ);
    Scripted machine = machine(list, "{}");
    list.run(machine);
    assertThat(machine.asked).containsExactly(new UserOperation.Sessions());
  }
}
