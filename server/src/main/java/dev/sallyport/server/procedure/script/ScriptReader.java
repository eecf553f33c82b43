package dev.sallyport.server.procedure.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.server.procedure.expression.Expression;
import dev.sallyport.server.procedure.expression.ExpressionReader;
import dev.sallyport.server.procedure.expression.Template;
import dev.sallyport.server.procedure.expression.TemplateReader;
import dev.sallyport.server.procedure.yaml.Node;
import dev.sallyport.server.procedure.yaml.NodeReader;
import dev.sallyport.server.procedure.yaml.Place;
import dev.sallyport.server.procedure.yaml.SourceException;

/** Reads the text of a procedure. Whether its actions exist and its names mean something is {@link ScriptCheck}'s business. */
public final class ScriptReader {
  /** Most steps in a text. */
  static final int MAX_STEPS = 500;
  /** Most inputs. */
  static final int MAX_INPUTS = 50;
  /** How names of inputs and variables are spelled. */
  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
  private static final List<String> RESERVED = List.of("and", "or", "not", "contains", "true", "false", "none",
      Words.INPUTS);

  private int steps;

  private ScriptReader() {
  }

  /**
   * Reads a text.
   *
   * @throws SourceException naming the place at fault and what to write
   */
  public static Script read(String source) {
    return new ScriptReader().script(NodeReader.read(source));
  }

  private Script script(Node node) {
    Node.Mapping top = mapping(node, "a procedure, which begins with \"steps:\"");
    only(top, Words.PROCEDURE);
    String description = top.find(Words.DESCRIPTION).map(entry -> text(entry.value(), "a description")).orElse("");
    List<Input> inputs = top.find(Words.INPUTS).map(entry -> inputs(entry.value())).orElse(List.of());
    Node.Entry written = top.find(Words.STEPS).orElseThrow(
        () -> new SourceException(top.place(), "\"steps:\" is missing; it holds the list of what is to be done"));
    return new Script(description, inputs, steps(written.value()));
  }

  private static List<Input> inputs(Node node) {
    Node.Mapping all = mapping(node, "the inputs by name");
    if (all.entries().size() > MAX_INPUTS) {
      throw new SourceException(all.place(), "a procedure has at most " + MAX_INPUTS + " inputs");
    }
    return all.entries().stream().map(ScriptReader::input).toList();
  }

  private static Input input(Node.Entry entry) {
    String name = requireName(entry.place(), entry.name());
    Node.Mapping says = mapping(entry.value(), "what the input is, with \"type:\" at least");
    only(says, Words.INPUT);
    Node.Entry written = says.find(Words.TYPE).orElseThrow(
        () -> new SourceException(says.place(),
            "\"type:\" is missing; write text, number, boolean, choice, list or secret"));
    Input.Type type = Input.Type.ofWord(text(written.value(), "a type")).orElseThrow(
        () -> new SourceException(written.value().place(),
            "there is no such type; write text, number, boolean, choice, list or secret"));
    List<String> choices = says.find(Words.CHOICES).map(each -> texts(each.value())).orElse(List.of());
    if ((type == Input.Type.CHOICE) == choices.isEmpty()) {
      throw new SourceException(says.place(), type == Input.Type.CHOICE
          ? "\"choices:\" is missing; it holds the list of what can be chosen"
          : "\"choices:\" belongs to an input of the type choice only");
    }
    Optional<Node.Entry> absent = says.find(Words.DEFAULT);
    var input = new Input(entry.place(), name, type,
        says.find(Words.DESCRIPTION).map(each -> text(each.value(), "a description")).orElse(""),
        absent.map(each -> fixed(each.value())), choices);
    if (absent.isPresent() && !input.absent().map(input::fits).orElse(true)) {
      throw new SourceException(absent.get().value().place(), type == Input.Type.SECRET
          ? "a secret has no default: everybody could read it here; leave it out"
          : "this is not " + input.meaning() + "; put texts that look like something else between quotes");
    }
    return input;
  }

  private static Json fixed(Node node) {
    return TemplateReader.read(node).fixed().orElseThrow(
        () -> new SourceException(node.place(), "a default stands for itself; ${…} has no meaning here"));
  }

  private List<Step> steps(Node node) {
    if (!(node instanceof Node.Sequence list)) {
      throw new SourceException(node.place(), "expected a list of steps, each beginning with a dash, found "
          + node.kind());
    }
    if (list.items().isEmpty()) {
      throw new SourceException(list.place(), "expected at least one step");
    }
    var read = new ArrayList<Step>();
    for (Node item : list.items()) {
      read.add(step(item));
    }
    return read;
  }

  private Step step(Node node) {
    Node.Mapping step = mapping(node, "a step, which begins with one of " + String.join(", ", Words.STEP_KINDS));
    if (++steps > MAX_STEPS) {
      throw new SourceException(step.place(), "a procedure has at most " + MAX_STEPS + " steps");
    }
    List<String> kinds = Words.STEP_KINDS.stream().filter(kind -> step.find(kind).isPresent()).toList();
    if (kinds.size() != 1) {
      throw new SourceException(step.place(), kinds.isEmpty()
          ? "a step begins with one of " + String.join(", ", Words.STEP_KINDS)
          : "one step cannot be all of " + String.join(", ", kinds) + "; begin each with a dash of its own");
    }
    String kind = kinds.getFirst();
    only(step, Words.BY_STEP.getOrDefault(kind, List.of()));
    Node value = step.find(kind).orElseThrow().value();
    return switch (kind) {
      case Words.ACTION -> act(step, value);
      case Words.SET -> let(step.place(), value);
      case Words.IF -> new Step.Branch(step.place(), expression(value), steps(required(step, Words.THEN)),
          step.find(Words.ELSE).map(entry -> steps(entry.value())).orElse(List.of()));
      case Words.FOR -> new Step.Loop(step.place(), name(value), items(required(step, Words.IN)),
          steps(required(step, Words.DO)));
      case Words.FAIL -> new Step.Fail(step.place(), TemplateReader.read(value));
      case Words.RETURN -> new Step.Return(step.place(), TemplateReader.read(value));
      default -> throw new IllegalStateException("no step is called " + kind);
    };
  }

  private static Step act(Node.Mapping step, Node value) {
    String onError = step.find(Words.ON_ERROR).map(entry -> text(entry.value(), "stop or continue")).orElse(Words.STOP);
    if (!onError.equals(Words.STOP) && !onError.equals(Words.CONTINUE)) {
      throw new SourceException(step.find(Words.ON_ERROR).orElseThrow().value().place(),
          "expected stop or continue, found \"" + onError + "\"");
    }
    Template.Fields with = step.find(Words.WITH)
        .map(entry -> TemplateReader.fields(mapping(entry.value(), "the action's parameters by name")))
        .orElse(new Template.Fields(step.place(), java.util.Map.of()));
    return new Step.Act(step.place(), value.place(), text(value, "the name of an action"), with,
        step.find(Words.AS).map(entry -> name(entry.value())).orElse(""), onError.equals(Words.CONTINUE));
  }

  private static Step let(Place place, Node value) {
    var values = new LinkedHashMap<String, Template>();
    for (Node.Entry entry : mapping(value, "names and their values").entries()) {
      values.put(requireName(entry.place(), entry.name()), TemplateReader.read(entry.value()));
    }
    return new Step.Let(place, values);
  }

  /** A condition is an expression already; the marks around it may be left out. */
  private static Expression expression(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.value() instanceof JsonString) {
      return TemplateReader.read(node) instanceof Template.Whole(Place _, Expression inner)
          ? inner
          : ExpressionReader.read(scalar.text(), scalar.first());
    }
    if (node instanceof Node.Scalar(Place _, Json value, String _, Place _)) {
      return new Expression.Constant(value);
    }
    throw new SourceException(node.place(), "expected a condition such as  patches.count > 0");
  }

  private static Template items(Node node) {
    Template items = TemplateReader.read(node);
    if (items instanceof Template.Literal || items instanceof Template.Mixed || items instanceof Template.Fields) {
      throw new SourceException(node.place(), "expected a list, or one value such as ${packages}");
    }
    return items;
  }

  private static Node required(Node.Mapping step, String word) {
    return step.find(word).orElseThrow(
        () -> new SourceException(step.place(), "\"" + word + ":\" is missing in this step")).value();
  }

  private static Node.Mapping mapping(Node node, String expected) {
    if (node instanceof Node.Mapping mapping) {
      return mapping;
    }
    throw new SourceException(node.place(), "expected " + expected + ", found " + node.kind());
  }

  private static String text(Node node, String expected) {
    if (node instanceof Node.Scalar scalar && scalar.value() instanceof JsonString(String text)) {
      return text;
    }
    throw new SourceException(node.place(), "expected " + expected + ", found " + node.kind()
        + "; put texts that look like something else between quotes");
  }

  private static List<String> texts(Node node) {
    if (node instanceof Node.Sequence(Place _, List<Node> items)) {
      return items.stream().map(item -> text(item, "a text")).toList();
    }
    throw new SourceException(node.place(), "expected a list of texts, found " + node.kind());
  }

  private static String name(Node node) {
    return requireName(node.place(), text(node, "a name"));
  }

  private static String requireName(Place place, String name) {
    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
      throw new SourceException(place,
          "\"" + name + "\" cannot be a name: use letters, digits, _ and -, beginning with "
              + "a letter, and none of " + String.join(", ", RESERVED));
    }
    return name;
  }

  private static void only(Node.Mapping mapping, List<String> known) {
    for (Node.Entry entry : mapping.entries()) {
      if (!known.contains(entry.name())) {
        throw new SourceException(entry.place(),
            "\"" + entry.name() + "\" has no meaning here; write " + String.join(", ", known));
      }
    }
  }
}
