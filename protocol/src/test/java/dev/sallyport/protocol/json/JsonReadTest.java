package dev.sallyport.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 8259 allows is read, and read as it is meant. */
final class JsonReadTest {
  @Test
  void readsEveryKindOfValue() {
    Json read = Json.parse(" {\"o\":{},\"a\":[],\"s\":\"\",\"n\":0,\"r\":0.5,\"t\":true,\"f\":false,\"z\":null} ");
    assertThat(read)
        .isEqualTo(JsonObject.builder().put("o", JsonObject.EMPTY).put("a", JsonArray.of(List.of())).put("s", "")
            .put("n", 0).putReal("r", 0.5).put("t", true).put("f", false).put("z", JsonNull.NULL).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "false", "0", "-1", "\"x\"", "[]", "{}", "\t\n\r [ ] \t\n\r"})
  void readsAnyValueAtTheTop(String document) {
    assertThat(Json.parse(document)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-0,0", "1,1", "-1,-1", "9223372036854775807,9223372036854775807",
      "-9223372036854775808,-9223372036854775808"})
  void readsWholeNumbersOf64Bits(String document, long expected) {
    assertThat(Json.parse(document)).isEqualTo(new JsonNumber.Whole(expected));
  }

  @ParameterizedTest
  @CsvSource({"0.0,0.0", "-0.0,-0.0", "1.0,1.0", "1e0,1.0", "1E+2,100.0", "1e-2,0.01", "0.1,0.1", "1e0000002,100.0",
      "1.7976931348623157e308,1.7976931348623157E308", "4.9e-324,4.9E-324", "1e-400,0.0",
      "123456789012345678901234567890.0,1.2345678901234568E29"})
  void readsOtherNumbersAsTheNearestDouble(String document, double expected) {
    assertThat(Json.parse(document)).isEqualTo(new JsonNumber.Real(expected));
  }

  @Test
  void readsEscapes() {
    assertThat(Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\\u0000\""))
        .isEqualTo(new JsonString("\"\\/\b\f\n\r\tAé€\uD83D\uDE00\0"));
  }

  @Test
  void readsTextBetweenEscapes() {
    assertThat(Json.parse("\"a\\nbé\\\\€c\\u0021\uD83D\uDE00\"")).isEqualTo(new JsonString("a\nbé\\€c!\uD83D\uDE00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u007f", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\ufffe",
      "\ud800\udc00", "\udbff\udfff"})
  void readsTheFirstAndLastCharacterOfEveryUtf8Length(String character) {
    byte[] document = ("\"" + character + "\"").getBytes(StandardCharsets.UTF_8);
    assertThat(Json.parse(document)).isEqualTo(new JsonString(character));
  }

  @Test
  void namesAreComparedAfterUnescaping() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Json.parse("{\"a\":1,\"\\u0061\":2}"))
        .withMessage("JSON refused at byte 7: member named twice");
  }

  @Test
  void namesThatOnlyLookAlikeAreDifferent() {
    assertThat(Json.parse("{\"é\":1,\"e\u0301\":2,\"E\":3,\"\":4}")).isInstanceOfSatisfying(JsonObject.class,
        object -> assertThat(object.names()).containsExactly("é", "e\u0301", "E", ""));
  }

  @Test
  void nestingIsReadToItsLimitAndNotBeyond() {
    String deep = "[".repeat(32) + "]".repeat(32);
    assertThat(Json.parse(deep).text()).isEqualTo(deep);
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Json.parse("[" + deep + "]"))
        .withMessage("JSON refused at byte 32: nested deeper than 32");
    byte[] pair = "[[]]".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.parse(pair, new JsonLimits(4, 2))).isNotNull();
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Json.parse(pair, new JsonLimits(4, 1)));
  }

  @Test
  void depthCountsOpenBracketsOnly() {
    assertThat(Json.parse("[" + "[],".repeat(1000) + "{}]")).isInstanceOf(JsonArray.class);
  }

  @Test
  void sizeIsCheckedBeforeAnythingElse() {
    byte[] five = "12345".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.parse(five, JsonLimits.ofBytes(5))).isNotNull();
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Json.parse(five, JsonLimits.ofBytes(4)))
        .withMessage("JSON too large: 5 bytes, the limit here is 4");
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Json.parse(" ".repeat((1 << 20) + 1)));
  }

  @Test
  void aHundredThousandMembersCostNoQuadraticTime() {
    StringBuilder document = new StringBuilder("{\"m\":0");
    for (int i = 0; i < 100_000; i++) {
      document.append(",\"").append(i).append("\":0");
    }
    byte[] bytes = document.append('}').toString().getBytes(StandardCharsets.UTF_8);
    assertThat(Json.parse(bytes, JsonLimits.ofBytes(2 << 20))).isInstanceOfSatisfying(JsonObject.class,
        object -> assertThat(object.integer("99999", 0, 0)).isZero());
  }

  @Test
  void namesOfEqualHashAreStillDifferentNames() {
    StringBuilder document = new StringBuilder("{");
    for (int i = 0; i < 1 << 14; i++) {
      document.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 14; bit++) {
        document.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      document.append("\":").append(i);
    }
    assertThat(Json.parse(document.append('}').toString())).isInstanceOfSatisfying(JsonObject.class,
        object -> assertThat(object.integer("BB".repeat(14), 0, 1 << 14)).isEqualTo((1 << 14) - 1));
  }

  @Test
  void aTopLevelThatMustBeAnObjectIsNamed() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> Json.parseObject(new byte[]{'[', ']'}, JsonLimits.DEFAULT))
        .withMessage("JSON document: expected an object, found an array of 0 items");
  }
}
