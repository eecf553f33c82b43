package dev.sallyport.server.procedure.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.procedure.ProcedureController;
import dev.sallyport.server.procedure.yaml.Node;
import dev.sallyport.server.procedure.yaml.NodeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema, the reader and the documented examples are of one mind. */
class SchemaTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final JsonObject SCHEMA = schema();

  @Test
  void theSchemaKnowsEveryWordOfTheReaderAndNoOther() {
    assertThat(words(SCHEMA)).containsExactlyInAnyOrderElementsOf(Words.PROCEDURE);
    JsonObject defs = SCHEMA.object("$defs");
    assertThat(words(defs.object("input"))).containsExactlyInAnyOrderElementsOf(Words.INPUT);
    assertThat(defs.object("input").object("properties").object("type").strings("enum", 99, 99))
        .containsExactlyElementsOf(Arrays.stream(Input.Type.values()).map(Input.Type::word).toList());
    Words.BY_STEP.forEach(
        (kind, words) -> assertThat(words(defs.object(kind))).as(kind).containsExactlyInAnyOrderElementsOf(words));
    assertThat(defs.object("step").objects("oneOf", 99)).extracting(each -> each.string("$ref"))
        .containsExactlyElementsOf(Words.STEP_KINDS.stream().map(kind -> "#/$defs/" + kind).toList());
    assertThat(defs.object("name").string("pattern")).isEqualTo("^" + ScriptReader.NAME.pattern() + "$");
    assertThat(defs.object("action").object("properties").object("on-error").strings("enum", 9, 99))
        .containsExactly(Words.STOP, Words.CONTINUE);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyDocumentedExampleIsValidAndCanBeRun(String source) {
    assertThat(MiniSchema.faults(SCHEMA, json(NodeReader.read(source)))).isEmpty();
    assertThat(ScriptCheck.faults(ScriptReader.read(source), ScriptTest.ACTIONS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "steps: []", "steps: [{acton: x}]", "steps: [{action: x, set: {}}]", "steps: [{if: a}]",
      "steps: [{action: x, on-error: no}]", "inputs: {a: {type: txt}}\nsteps: [{return: 1}]",
      "steps: [{return: 1}]\nmore: 1",
      "inputs: {1a: {type: text}}\nsteps: [{return: 1}]", "steps: [{for: x, in: 5, do: [{return: 1}]}]"})
  void whatTheReaderRefusesTheSchemaRefusesToo(String source) {
    assertThat(MiniSchema.faults(SCHEMA, json(NodeReader.read(source)))).isNotEmpty();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> ScriptReader.read(source)).hasMessageContaining("line ");
  }

  static List<String> examples() throws IOException {
    Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "procedures.md")));
    var found = new ArrayList<String>();
    while (examples.find()) {
      found.add(examples.group(1));
    }
    assertThat(found).hasSizeGreaterThan(2);
    return found;
  }

  private static List<String> words(JsonObject schema) {
    return schema.object("properties").names();
  }

  private static Json json(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> scalar.value();
      case Node.Sequence sequence -> JsonArray.of(sequence.items().stream().map(SchemaTest::json).toList());
      case Node.Mapping mapping -> {
        var object = JsonObject.builder();
        mapping.entries().forEach(entry -> object.put(entry.name(), json(entry.value())));
        yield object.build();
      }
    };
  }

  private static JsonObject schema() {
    try (var file = ProcedureController.class.getResourceAsStream("procedure.schema.json")) {
      return (JsonObject) Json
          .parse(new String(java.util.Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
