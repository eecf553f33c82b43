package dev.sallyport.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code docs/operations.md} lists exactly what there is, as it is declared. */
final class OperationsPageTest {
  @Test
  @DisplayName("K8 the page about operations has a row for each, with what the code declares")
  void thePageSaysWhatTheCodeDeclares() throws IOException {
    List<String> rows = Files.readAllLines(page()).stream().filter(line -> line.startsWith("| `"))
        .map(OperationsPageTest::declaration).toList();
    assertThat(rows).containsExactlyElementsOf(Operations.known().stream().map(OperationsPageTest::row).toList());
  }

  private static Path page() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("docs"))) {
      root = Objects.requireNonNull(root.getParent(), "the test runs inside the project");
    }
    return root.resolve("docs").resolve("operations.md");
  }

  /** The part of a row that the code knows. */
  private static String declaration(String line) {
    String[] cells = line.split(" \\| ", -1);
    assertThat(cells).as(line).hasSize(8);
    return String.join(" | ", List.of(cells).subList(0, 6));
  }

  private static String row(OperationDescription known) {
    return "| `" + known.name() + "` | " + known.effect().word() + " | "
        + known.actionClass().word()
        + (known.privilege() == OperationDescription.Privilege.ELEVATED ? ", elevated" : "") + " | "
        + time(known.timeLimit()) + " | " + size(known.outputLimit()) + " | "
        + String.join(", ", known.platforms().stream().map(Platform::word).toList());
  }

  private static String time(Duration time) {
    if (time.toMinutesPart() == 0 && time.toSecondsPart() == 0) {
      return time.toHours() + " h";
    }
    return time.toSecondsPart() == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  private static String size(long bytes) {
    return bytes == 0 ? "–" : (bytes >> 20) + " MiB";
  }
}
