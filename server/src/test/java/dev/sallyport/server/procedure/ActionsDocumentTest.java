package dev.sallyport.server.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionConfiguration;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.action.Parameter;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** {@code docs/actions.md} says what the actions say of themselves. */
class ActionsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "actions.md");
  private static final String MARK = "<!-- actions -->\n";

  @Test
  void theDocumentTellsOfEveryActionWhatItTellsOfItself() throws IOException {
    String document = Files.readString(DOCUMENT);
    String expected = table(everything());
    assertThat(document.substring(document.indexOf(MARK) + MARK.length()))
        .as("copy this to the end of docs/actions.md").isEqualTo(expected);
  }

  private static List<ActionDescription> everything() {
    try (var context = new AnnotationConfigApplicationContext(ActionConfiguration.class)) {
      var all = new ArrayList<>(context.getBean(Actions.class).all().stream().map(Action::description).toList());
      all.add(ProcedureAction.DESCRIPTION);
      all.sort(Comparator.comparing(ActionDescription::name));
      return all;
    }
  }

  static String table(List<ActionDescription> actions) {
    var text = new StringBuilder();
    for (ActionDescription action : actions) {
      text.append("\n## `").append(action.name()).append("`\n\n").append(action.description()).append(" Right: `")
          .append(action.actionClass().word()).append("`.\n");
      if (!action.parameters().isEmpty()) {
        text.append("\n| parameter | what | for |\n|---|---|---|\n");
        action.parameters().forEach(parameter -> text.append("| `").append(parameter.name()).append('`')
            .append(parameter.required() ? "" : "?").append(" | ").append(kind(parameter)).append(" | ")
            .append(parameter.description()).append(" |\n"));
      }
    }
    return text.toString();
  }

  private static String kind(Parameter parameter) {
    return switch (parameter) {
      case Parameter.Choice choice -> "`" + String.join("` `", choice.choices()) + "`";
      case Parameter.Whole whole ->
        whole.min() + " to " + whole.max() + (whole.required() ? "" : "; " + whole.absent());
      case Parameter.Flag flag -> flag.absent() ? "yes or no; yes" : "yes or no; no";
      case Parameter.Word _ -> "name";
      case Parameter.Words words -> "up to " + words.maxItems() + " names";
      case Parameter.TextList list -> "up to " + list.maxItems() + " texts";
      case Parameter.Text _ -> "text";
      case Parameter.TextMap _ -> "texts by name";
      case Parameter.Secret _ -> "secret";
      case Parameter.SecretMap _ -> "secrets by name";
    };
  }
}
