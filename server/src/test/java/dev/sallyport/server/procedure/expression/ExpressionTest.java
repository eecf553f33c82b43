package dev.sallyport.server.procedure.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.server.procedure.yaml.Node;
import dev.sallyport.server.procedure.yaml.Place;
import dev.sallyport.server.procedure.yaml.SourceException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final JsonObject VALUES = (JsonObject) Json.parse("""
      {"n":3,"t":"abc","yes":true,"list":["a","b",{"x":1}],"empty":[],"o":{"p":{"q":"deep"},"count":9},"half":1.5}""");
  private static final Scope SCOPE = name -> VALUES.has(name) ? VALUES.get(name) : JsonNull.NULL;

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '#', value = {"n;3", "n == 3;true", "n != 3;false", "n < 10;true",
      "n >= 3 and n <= 3;true", "half > 1;true", "half == 1.5;!", "t == 'abc';true", "t < \"b\";true",
      "t contains 'bc';true",
      "list contains 'b';true", "list contains 'z';false", "o contains 'p';true", "list.count;3",
      "empty.count == 0;true",
      "o.count;9", "list[2].x;1", "list[7];null", "o.p.q;\"deep\"", "o.p.q.r.s;null", "nothing;null",
      "nothing.at.all;null",
      "not yes;false", "not not yes;true", "yes and empty;false", "empty or t;true", "t < 3;false", "t > 3;false",
      "none == nothing;true", "(n == 4 or n == 3) and yes;true", "n == 4 or n == 3 and yes;true", "-5 < n;true",
      "order;null", "not-there;null", "notes;null", "android;null", "empty or not yes;false"})
  void anExpressionHasAValue(String text, String expected) {
    if (expected.equals("!")) {
      assertThatThrownBy(() -> read(text)).isInstanceOf(SourceException.class);
    } else {
      assertThat(read(text).value(SCOPE).text()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '#', value = {"n ==;5;value is missing", "n = 3;3;not understood",
      "(n;3;closing bracket", "'abc;1;closing", "n n;3;not understood", "list[x];6;number of an item",
      "o.;3;name is missing",
      "n + 1;3;not understood", "f(1);2;not understood", "1.5;2;not understood", "and n;1;needs a value",
      "%n;1;cannot begin",
      "12345678901234567890;1;at most 15 digits"})
  @DisplayName("a mistake is named by its column and what to write")
  void aMistakeIsNamedByItsColumn(String text, int column, String why) {
    assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(SourceException.class,
        e -> assertThat(e.place()).isEqualTo(new Place(7, column))).hasMessageContaining(why);
  }

  @Test
  void nothingIsNestedWithoutEnd() {
    assertThatThrownBy(() -> read("(".repeat(500) + "n" + ")".repeat(400))).hasMessageContaining("nested");
    assertThatThrownBy(() -> read("not ".repeat(200) + "n")).hasMessageContaining("nested");
    assertThatThrownBy(() -> read("n".repeat(1_001))).hasMessageContaining("1000 characters");
  }

  @Test
  void aTextHoldsExpressionsAndOneThatIsAllOfItKeepsItsType() {
    assertThat(template("${n}").value(SCOPE).text()).isEqualTo("3");
    assertThat(template("n is ${n}, ${t}${nothing}!").value(SCOPE)).isEqualTo(new JsonString("n is 3, abc!"));
    assertThat(template("${list}").value(SCOPE)).isEqualTo(VALUES.get("list"));
    assertThat(template("costs $${n} or $5").value(SCOPE)).isEqualTo(new JsonString("costs ${n} or $5"));
    assertThat(template("${'}'}").value(SCOPE)).isEqualTo(new JsonString("}"));
    assertThatThrownBy(() -> template("a ${n")).hasMessageContaining("line 7, column 3");
  }

  @ParameterizedTest
  @DisplayName("T21 what looks like another language's expression is text, or refused")
  @ValueSource(strings = {"{{7*7}}", "#{7*7}", "<%= 7*7 %>", "{% import os %}", "*{T(java.lang.Runtime)}", "@{7*7}",
      "~{x}",
      "%{7*7}", "[[${7*7}]]", "${7*7}", "${T(java.lang.Runtime).getRuntime().exec('id')}", "${''.getClass()}",
      "${jndi:ldap://x/a}",
      "${env:PATH}", "${@bean}", "${new java.util.Date()}", "${self.__init__.__globals__}", "${x = 5}", "${;}", "${}",
      "${`id`}", "${n;n}"})
  void foreignExpressionsMeanNothing(String payload) {
    Template template;
    try {
      template = template(payload);
    } catch (SourceException e) {
      assertThat(e.place().line()).isEqualTo(7);
      return;
    }
    assertThat(template.value(SCOPE)).isIn(new JsonString(payload), JsonNull.NULL);
  }

  @Test
  @DisplayName("T21 what a value holds is put in and never looked at again")
  void valuesAreNotLookedAtAgain() {
    Scope hostile = _ -> new JsonString("${n} $${n} {{7*7}} ${secret}");
    assertThat(template("${t}").value(hostile)).isEqualTo(new JsonString("${n} $${n} {{7*7}} ${secret}"));
    assertThat(template("<${t}>").value(hostile)).isEqualTo(new JsonString("<${n} $${n} {{7*7}} ${secret}>"));
  }

  @Test
  void aTextDoesNotGrowWithoutEnd() {
    Scope large = _ -> new JsonString("x".repeat(100_000));
    assertThatThrownBy(() -> template("${a}${b}").value(large)).isInstanceOf(Template.TooLongException.class)
        .hasMessageContaining("line 7");
  }

  private static Expression read(String text) {
    return ExpressionReader.read(text, new Place(7, 1));
  }

  private static Template template(String text) {
    return TemplateReader.read(new Node.Scalar(new Place(7, 1), new JsonString(text), text, new Place(7, 1)));
  }
}
