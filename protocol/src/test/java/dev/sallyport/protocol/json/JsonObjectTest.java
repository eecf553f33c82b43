package dev.sallyport.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The typed accessors: each refusal tells a person where, what was expected, what was found. */
final class JsonObjectTest {
  private final JsonObject json = parse("""
      {"s":"text","n":7,"r":1.5,"b":true,"z":null,"i":1700000000000,"y":"AP8","l":["p","q"],
       "o":{"inner":{"deep":"x"}},"items":[{"name":"first"},{"name":2}]}""");

  @Test
  void readsEachType() {
    assertThat(json.string("s")).isEqualTo("text");
    assertThat(json.string("s", 4)).isEqualTo("text");
    assertThat(json.integer("n", 0, 7)).isEqualTo(7);
    assertThat(json.real("r", 1.5, 2)).isEqualTo(1.5);
    assertThat(json.real("n", 0, 10)).isEqualTo(7.0);
    assertThat(json.bool("b")).isTrue();
    assertThat(json.instant("i")).isEqualTo(Instant.parse("2023-11-14T22:13:20Z"));
    assertThat(json.bytes("y", 2, 2)).containsExactly(0, 255);
    assertThat(json.strings("l", 2, 1)).containsExactly("p", "q");
    assertThat(json.object("o").object("inner").string("deep")).isEqualTo("x");
    assertThat(json.array("items").size()).isEqualTo(2);
    assertThat(json.array("l").get(1)).isEqualTo(new JsonString("q"));
    assertThat(json.get("z")).isEqualTo(JsonNull.NULL);
  }

  @Test
  void absentFieldsHaveTheirDefaults() {
    assertThat(json.string("none", "d")).isEqualTo("d");
    assertThat(json.string("none", "d", 1)).isEqualTo("d");
    assertThat(json.integer("none", 0, 1, 9)).isEqualTo(9);
    assertThat(json.bool("none", true)).isTrue();
    assertThat(json.objectOrEmpty("none")).isEqualTo(JsonObject.EMPTY);
    assertThat(json.string("s", "d")).isEqualTo("text");
    assertThat(json.string("s", "d", 4)).isEqualTo("text");
    assertThat(json.integer("n", 0, 7, 9)).isEqualTo(7);
    assertThat(json.bool("b", false)).isTrue();
    assertThat(json.objectOrEmpty("o").size()).isEqualTo(1);
  }

  @Test
  void nullIsAValueAndNeverCountsAsAbsent() {
    assertThat(json.has("z")).isTrue();
    assertThat(json.isNone("z")).isTrue();
    assertThat(json.isNone("none")).isTrue();
    assertThat(json.isNone("s")).isFalse();
    refused(() -> json.string("z", "default"), "field \"z\": expected a string of at most 4096 characters, found null");
    refused(() -> json.integer("z", 0, 1, 0), "field \"z\": expected a whole number from 0 to 1, found null");
    refused(() -> json.bool("z", false), "field \"z\": expected true or false, found null");
    refused(() -> json.objectOrEmpty("z"), "field \"z\": expected an object, found null");
  }

  @Test
  void missingFieldsAreNamed() {
    refused(() -> json.string("none"), "field \"none\": missing, expected a string");
    refused(() -> json.integer("none", 0, 1), "field \"none\": missing, expected a whole number");
    refused(() -> json.real("none", 0, 1), "field \"none\": missing, expected a number");
    refused(() -> json.bool("none"), "field \"none\": missing, expected true or false");
    refused(() -> json.object("none"), "field \"none\": missing, expected an object");
    refused(() -> json.array("none"), "field \"none\": missing, expected an array");
    refused(() -> json.get("none"), "field \"none\": missing, expected a value");
    refused(() -> json.bytes("none", 0, 1), "field \"none\": missing, expected a string");
  }

  @Test
  void wrongTypesAreNamedWithWhatWasFound() {
    refused(() -> json.string("n"), "field \"n\": expected a string of at most 4096 characters, found the number 7");
    refused(() -> json.integer("s", 0, 1),
        "field \"s\": expected a whole number from 0 to 1, found a string of 4 characters");
    refused(() -> json.integer("r", 0, 9), "field \"r\": expected a whole number from 0 to 9, found the number 1.5");
    refused(() -> json.real("b", 0, 1), "field \"b\": expected a number from 0.0 to 1.0, found true");
    refused(() -> json.bool("n"), "field \"n\": expected true or false, found the number 7");
    refused(() -> json.object("l"), "field \"l\": expected an object, found an array of 2 items");
    refused(() -> json.array("o"), "field \"o\": expected an array, found an object of 1 members");
  }

  @Test
  void limitsAreNamed() {
    refused(() -> json.string("s", 3),
        "field \"s\": expected a string of at most 3 characters, found a string of 4 characters");
    refused(() -> json.string("s", "d", 3),
        "field \"s\": expected a string of at most 3 characters, found a string of 4 characters");
    refused(() -> json.integer("n", 8, 9), "field \"n\": expected a whole number from 8 to 9, found the number 7");
    refused(() -> json.integer("n", 0, 6), "field \"n\": expected a whole number from 0 to 6, found the number 7");
    refused(() -> json.real("r", 2, 3), "field \"r\": expected a number from 2.0 to 3.0, found the number 1.5");
    refused(() -> json.strings("l", 1, 9),
        "field \"l\": expected an array of at most 1 items, found an array of 2 items");
    refused(() -> json.strings("l", 2, 0),
        "field \"l[0]\": expected a string of at most 0 characters, found a string of 1 characters");
    refused(() -> json.objects("items", 1),
        "field \"items\": expected an array of at most 1 items, found an array of 2 items");
    refused(() -> json.bytes("y", 3, 4), "field \"y\": expected 3 to 4 bytes, found 2");
    refused(() -> json.bytes("y", 32, 32), "field \"y\": expected 32 bytes, found 2");
    refused(() -> json.bytes("y", 0, 1),
        "field \"y\": expected a string of at most 2 characters, found a string of 3 characters");
    refused(() -> json.bytes("s", 0, 2),
        "field \"s\": expected a string of at most 3 characters, found a string of 4 characters");
    refused(() -> parse("{\"y\":\"A=\"}").bytes("y", 0, 9), "field \"y\": expected base64url text without padding");
    refused(() -> parse("{\"i\":-1}").instant("i"),
        "field \"i\": expected a whole number from 0 to 253402300799999, found the number -1");
  }

  @Test
  void refusalsNameTheWholePath() {
    refused(() -> json.object("o").object("inner").integer("deep", 0, 1),
        "field \"o.inner.deep\": expected a whole number from 0 to 1, found a string of 1 characters");
    List<JsonObject> items = json.objects("items", 2);
    assertThat(items.getFirst().string("name")).isEqualTo("first");
    refused(() -> items.getLast().string("name", 10),
        "field \"items[1].name\": expected a string of at most 10 characters, found the number 2");
    refused(() -> json.objects("l", 2), "field \"l[0]\": expected an object, found a string of 1 characters");
    refused(() -> {
      throw json.object("o").refused("inner", "not today");
    }, "field \"o.inner\": not today");
    refused(() -> {
      throw json.array("l").refused("odd");
    }, "field \"l\": odd");
  }

  @Test
  void unknownFieldsAreRefused() {
    JsonObject two = parse("{\"a\":1,\"x\":{\"c\":2}}");
    assertThat(two.onlyFields("a", "b", "x")).isSameAs(two);
    refused(() -> two.onlyFields("a", "b"), "field \"x\": unknown, allowed here: a, b");
    refused(() -> two.object("x").onlyFields("d"), "field \"x.c\": unknown, allowed here: d");
    assertThat(JsonObject.EMPTY.onlyFields()).isEqualTo(JsonObject.EMPTY);
  }

  @Test
  void hostileNamesAreShownHarmlessly() {
    JsonObject hostile = parse("{\"\\u001b[2J<script>\\n\\\"&" + "x".repeat(100) + "\":1}");
    refused(hostile::onlyFields, "field \"?[2J?script>???" + "x".repeat(45) + "…\": unknown, allowed here: ");
  }

  @Test
  void orderDoesNotCountForEquality() {
    assertThat(parse("{\"a\":1,\"b\":[1,{}]}")).isEqualTo(parse("{\"b\":[1,{}],\"a\":1}"))
        .hasSameHashCodeAs(parse("{\"b\":[1,{}],\"a\":1}")).isNotEqualTo(parse("{\"a\":1}"))
        .isNotEqualTo(parse("{\"a\":1,\"c\":[1,{}]}"))
        .isNotEqualTo(parse("{\"a\":2,\"b\":[1,{}]}")).isNotEqualTo("x");
    assertThat(parse("{\"a\":[1,2]}")).isNotEqualTo(parse("{\"a\":[2,1]}"));
  }

  @Test
  void aPartTakenOutIsEqualToItsSource() {
    assertThat(json.object("o")).isEqualTo(parse("{\"inner\":{\"deep\":\"x\"}}"));
    assertThat(json.array("l")).isEqualTo(Json.parse("[\"p\",\"q\"]"));
  }

  private static JsonObject parse(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  private static void refused(ThrowingCallable reading, String message) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(reading).withMessage(message);
  }
}
