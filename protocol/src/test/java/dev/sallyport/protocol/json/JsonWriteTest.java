package dev.sallyport.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonWriteTest {
  @Test
  void writesCompactlyInTheOrderGiven() {
    JsonObject json = JsonObject.builder().put("b", 1).put("a", true).put("s", "x").putReal("r", 0.5)
        .put("n", JsonNull.NULL)
        .putStrings("l", List.of("p", "q")).put("o", JsonObject.EMPTY).putBytes("y", new byte[]{0, -1}).build();
    assertThat(json.text())
        .isEqualTo("{\"b\":1,\"a\":true,\"s\":\"x\",\"r\":0.5,\"n\":null,\"l\":[\"p\",\"q\"],\"o\":{},\"y\":\"AP8\"}");
    assertThat(json.bytes()).isEqualTo(json.text().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("T19 text cannot end the page, script or attribute it is embedded in")
  void escapesWhatCouldEndItsSurroundings() {
    assertThat(new JsonString("</script><!-- & ' \u2028\u2029\u007f\u0085").text())
        .isEqualTo("\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u0027 \\u2028\\u2029\\u007f\\u0085\"");
    assertThat(JsonObject.builder().put("<a>", 1).build().text()).isEqualTo("{\"\\u003ca\\u003e\":1}");
  }

  @Test
  void escapesWhatJsonDemands() {
    assertThat(new JsonString("\"\\\b\f\n\r\t\0\u001f").text()).isEqualTo("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\"");
  }

  @Test
  void writesOtherTextAsItIs() {
    assertThat(new JsonString("aé€机\uD83D\uDE00\u00a0~/").text()).isEqualTo("\"aé€机\uD83D\uDE00\u00a0~/\"");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "9223372036854775807", "-9223372036854775808"})
  void writesWholeNumbersInDecimal(long value) {
    assertThat(new JsonNumber.Whole(value).text()).isEqualTo(Long.toString(value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesNumbersThatJsonCannotWrite(double value) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new JsonNumber.Real(value));
  }

  @Test
  void keepsTheSignOfZero() {
    assertThat(new JsonNumber.Real(-0.0).text()).isEqualTo("-0.0");
    assertThat(Json.parse("-0.0")).isEqualTo(new JsonNumber.Real(-0.0)).isNotEqualTo(new JsonNumber.Real(0.0));
  }

  @Test
  void refusesTextThatHasNoUtf8Form() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new JsonString("a\ud800"));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> JsonObject.builder().put("\udc00", 1));
  }

  @Test
  void refusesToWriteWhatItWouldNotRead() {
    Json deep = JsonNull.NULL;
    for (int i = 0; i < JsonLimits.MAX_DEPTH; i++) {
      deep = JsonArray.of(List.of(deep));
    }
    assertThat(Json.parse(deep.bytes())).isEqualTo(deep);
    Json deeper = JsonObject.builder().put("d", deep).build();
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(deeper::bytes)
        .withMessage("JSON nested deeper than 32");
  }

  @Test
  void growsItsBufferAsNeeded() {
    String long1 = "x\u0001€\uD83D\uDE00".repeat(10_000);
    assertThat(Json.parse(new JsonString(long1).bytes())).isEqualTo(new JsonString(long1));
  }

  @Test
  void aNamePutTwiceIsAMistakeOfTheCaller() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> JsonObject.builder().put("a", 1).put("a", 2))
        .withMessage("member put twice: a");
  }

  @Test
  void aBuilderStartsAgainAfterBuilding() {
    JsonObject.Builder builder = JsonObject.builder().put("a", 1);
    JsonObject first = builder.build();
    JsonObject second = builder.put("a", 2).build();
    assertThat(first.text()).isEqualTo("{\"a\":1}");
    assertThat(second.text()).isEqualTo("{\"a\":2}");
    assertThat(builder.build()).isSameAs(JsonObject.EMPTY);
  }

  @Test
  void toStringTellsTheShapeAndNotTheContent() {
    JsonObject json = JsonObject.builder().put("password", "hunter2").putStrings("list", List.of("hunter2")).build();
    assertThat(json).hasToString("JsonObject[2 members]");
    assertThat(json.get("password")).hasToString("JsonString[7 characters]");
    assertThat(json.get("list")).hasToString("JsonArray[1 items]");
  }
}
