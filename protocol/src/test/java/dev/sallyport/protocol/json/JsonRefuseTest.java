package dev.sallyport.protocol.json;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 8259 forbids, or leaves to doubt, is refused. */
final class JsonRefuseTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void refusesNothing(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}{}", "[]]", "1 2", "{} x", "null,", "{}\0", "[]/**/", "\"a\"\"b\"", "{}\f"})
  void refusesBytesAfterTheValue(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "\"", "\"a", "\"\\",
      "\"\\u", "\"\\u00",
      "\"\\ud83d", "t", "tru", "nul", "fals", "-", "1.", "1e", "1e+"})
  void refusesWhatEndsTooEarly(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[,]", "[1,]", "[1 2]", "[1;2]", "{,}", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":1 \"b\":2}",
      "{a:1}", "{'a':1}",
      "{1:1}", "{null:1}", "{\"a\"::1}", "{\"a\",1}", "[1}", "{\"a\":1]", "]", "}", ":", ",", "[[]", "{\"a\":}",
      "{:1}"})
  void refusesBrokenStructure(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "TRUE", "truE", "NULL", "nil", "undefined", "None", "trueish", "nullnull", "#t",
      "falsey"})
  void refusesOtherWords(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "-01", "00", "+1", ".5", "-.5", "1.", "1.e1", "0x10", "1_000", "1,5", "1e", "1e+",
      "1e1.5", "--1", "- 1",
      "1 .5", "\u0661", "1f", "1d", "1L", "0b1", "1.5.5", "e5", "-e5", "1e\u0661"})
  void refusesOtherSpellingsOfNumbers(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-NaN", "Infinity", "-Infinity", "nan", "inf", "1e309", "-1e309", "1e999999999",
      "1.8e308",
      "9223372036854775808", "-9223372036854775809", "18446744073709551616", "99999999999999999999999999",
      "0.00000000000000000000000000000000000000000000000000000000000000001"})
  void refusesNumbersThatDoNotFit(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\u0000\"", "\"a\u0001\"", "\"\n\"", "\"\t\"", "\"\r\"", "\"\u001f\"", "{\"a\n\":1}",
      "\"\\n\n\""})
  void refusesRawControlCharactersInStrings(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\a\"", "\"\\x41\"", "\"\\'\"", "\"\\0\"", "\"\\ \"", "\"\\U0041\"", "\"\\u004\"",
      "\"\\u00g0\"", "\"\\u 041\"",
      "\"\\u+041\"", "\"\\u-041\"", "\"\\\n\"", "\"\\u004\u0661\"", "\"\\é\""})
  void refusesUnknownEscapes(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud800\"", "\"\\udbff\"", "\"\\udc00\"", "\"\\udfff\"", "\"\\ud800x\"", "\"\\ud800\\n\"",
      "\"\\ud800\\u0041\"",
      "\"\\ud800\\ud800\"", "\"\\ude00\\ud83d\"", "\"\\ud83d\\ude00\\ude00\"", "{\"\\ud800\":1}",
      "\"\\ud83d \\ude00\""})
  void refusesUnpairedSurrogates(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\ud800\"", "\"\udc00\"", "\"a\udc00\ud800\""})
  void refusesTextThatHasNoUtf8Form(String document) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Json.parse(document));
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "bf", "c0", "c080", "c1bf", "c2", "c22f", "e0", "e080", "e08080", "e09fbf", "e2",
      "e282", "e28228", "eda080",
      "edbfbf", "edaf80edb080", "f0", "f08080af", "f08fbfbf", "f0908d", "f48fbf", "f4908080", "f5808080", "f8888080",
      "fc84808080", "fe", "ff",
      "c3c3", "e282acac", "61ff"})
  void refusesIllFormedUtf8(String hex) {
    refused(HexFormat.of().parseHex("22" + hex + "22"));
    refused(HexFormat.of().parseHex("225c6e" + hex + "22"));
    refused(HexFormat.of().parseHex("7b22" + hex + "223a317d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"efbbbf7b7d", "fffe7b007d00", "feff007b007d", "7b007d00", "c2a07b7d", "e280a87b7d", "0b7b7d",
      "0c7b7d", "007b7d"})
  void refusesByteOrderMarksOtherEncodingsAndForeignSpaces(String hex) {
    refused(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2,\"a\":3}", "{\"\":1,\"\":2}",
      "[{\"x\":{\"y\":0,\"y\":0}}]",
      "{\"a\":{},\"\\u0061\":{}}",
      "{\"1\":0,\"2\":0,\"3\":0,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"8\":0,\"9\":0,\"a\":0,\"b\":0,"
          + "\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,\"1\":0}",
      "{\"1\":0,\"2\":0,\"3\":0,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"8\":0,\"9\":0,\"a\":0,\"b\":0,"
          + "\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,\"h\":0}"})
  void refusesMembersNamedTwice(String document) {
    refused(document);
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 1000, 100_000, 500_000})
  void refusesDeepNestingWithoutHarmToTheStack(int depth) {
    refused("[".repeat(depth));
    refused("{\"a\":".repeat(depth / 5));
  }

  private static void refused(String document) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Json.parse(document));
    refused(document.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(byte[] document) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Json.parse(document))
        .withMessageMatching("[ -~]+");
  }
}
