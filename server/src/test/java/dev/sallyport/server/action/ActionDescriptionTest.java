package dev.sallyport.server.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionDescriptionTest {
  private static final ActionDescription DESCRIPTION = new ActionDescription("try", "Try", "For this test.",
      ActionClass.READ,
      List.of(new Parameter.Text("word", "Needed.", true, 5, false),
          new Parameter.Text("note", "Optional.", false, 10, true),
          new Parameter.TextList("items", "Optional.", false, 2, 3), new Parameter.TextMap("map", "Optional.", 2, 3)));

  @Test
  void parametersAreTakenInTheOrderOfTheDescription() {
    assertThat(valid("{\"map\":{\"b\":\"2\",\"a\":\"1\"},\"items\":[\"x\",\"\"],\"word\":\"hi\"}").text())
        .isEqualTo("{\"word\":\"hi\",\"items\":[\"x\",\"\"],\"map\":{\"b\":\"2\",\"a\":\"1\"}}");
  }

  @Test
  void whatIsOptionalMayBeLeftOut() {
    assertThat(valid("{\"word\":\"hi\"}").names()).containsExactly("word");
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"{};word", "{\"word\":\"\"};word", "{\"word\":\"  \"};word", "{\"word\":5};word",
      "{\"word\":null};word",
      "{\"word\":\"toolong\"};word", "{\"word\":\"hi\",\"extra\":1};extra", "{\"word\":\"hi\",\"items\":\"x\"};items",
      "{\"word\":\"hi\",\"items\":[\"a\",\"b\",\"c\"]};items", "{\"word\":\"hi\",\"items\":[\"long\"]};items[0]",
      "{\"word\":\"hi\",\"items\":[1]};items[0]", "{\"word\":\"hi\",\"map\":[]};map",
      "{\"word\":\"hi\",\"map\":{\"a\":\"long\"}};map.a",
      "{\"word\":\"hi\",\"map\":{\"a\":\"\",\"b\":\"\",\"c\":\"\"}};map"})
  void aWrongParameterIsRefusedByName(String json, String field) {
    assertThatThrownBy(() -> valid(json)).isInstanceOf(ProtocolException.class)
        .hasMessageContaining("\"" + field + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Shell", "a b", "a--b", "-a", "a-", "1a", "a.b", "../a", "a/b"})
  void anActionsNameIsLowerCaseWords(String name) {
    assertThatThrownBy(() -> new ActionDescription(name, "t", "d", ActionClass.READ, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noParameterIsDescribedTwice() {
    var word = new Parameter.Text("word", "w", true, 5, false);
    assertThatThrownBy(() -> new ActionDescription("try", "t", "d", ActionClass.READ, List.of(word, word)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonObject valid(String json) {
    return DESCRIPTION.validate((JsonObject) Json.parse(json));
  }
}
