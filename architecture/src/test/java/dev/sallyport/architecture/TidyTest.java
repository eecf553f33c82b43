package dev.sallyport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.architecture.SourceTree.SourceFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sizes, bans and missing words, found by reading the sources. */
final class TidyTest {
  private static final int MAX_MAIN_LINES = 500;
  private static final int MAX_TEST_LINES = 800;
  private static final int MAX_TYPES_IN_A_PACKAGE = 25;
  private static final int MAX_LINE_LENGTH = 180;

  /** What no source may contain, and what to write instead. */
  private static final Map<String, String> BANNED_EVERYWHERE = Map.of(
      "\\bObjectInputStream\\b|\\bObjectOutputStream\\b",
      "Java serialisation runs foreign code: send JSON or bytes of known shape",
      "\\.printStackTrace\\(", "an error is reported through its caller or the log, never on a bare stream",
      "\\b(TODO|FIXME|XXX)\\b", "an open end belongs in an issue",
      "@Disabled\\b", "a test that does not run proves nothing",
      "\\bThread\\.sleep\\(", "sleeping for luck makes tests flicker: wait for the condition with a deadline");

  private static final Map<String, String> BANNED_IN_MAIN = Map.of(
      "Runtime\\.getRuntime\\(\\)\\.exec\\(", "start programs with ProcessBuilder and an argument array",
      "\\bdangerouslySetInnerHTML\\b|\\.innerHTML\\s*=|\\beval\\(", "text from agents is text, never markup or code",
      "\\bDocumentBuilderFactory\\b|\\bSAXParserFactory\\b", "no XML parser faces input here",
      "\\bnew Random\\(", "take randomness from an injected source or SecureRandom",
      "\\bSpelExpressionParser\\b|\\bScriptEngineManager\\b|javax\\.script", "no expression language runs on input");

  private static final Pattern EMPTY_CATCH = Pattern.compile("catch\\s*\\([^)]*\\)\\s*\\{\\s*\\}");
  private static final Pattern SQL_CONCATENATION = Pattern
      .compile("\"\\s*(?i:select|insert|update|delete)\\b[^\"]*(?i:where|values|set)[^\"]*['=(]\\s*\"\\s*\\+\\s*[a-z]");

  private final SourceTree tree = SourceTree.read();

  @Test
  void noFileGrowsBeyondWhatOneReaderHoldsInMind() {
    var tooLong = new ArrayList<String>();
    for (SourceFile file : tree.files()) {
      int limit = file.isMain() ? MAX_MAIN_LINES : MAX_TEST_LINES;
      if (file.lines() > limit) {
        tooLong.add(file.path() + ": " + file.lines() + " lines, at most " + limit);
      }
    }
    assertThat(tooLong).as("split these by reason to change").isEmpty();
  }

  @Test
  void noLineRunsOffTheScreen() {
    var tooWide = new ArrayList<String>();
    for (SourceFile file : tree.javaMain()) {
      String[] lines = file.text().split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        boolean annotation = lines[i].stripLeading().startsWith("@"); // the formatter keeps an annotation on one line
        if (!annotation && lines[i].length() > MAX_LINE_LENGTH) {
          tooWide.add(file.path() + ":" + (i + 1) + " has " + lines[i].length() + " characters");
        }
      }
    }
    assertThat(tooWide).isEmpty();
  }

  @Test
  void noCatchBlockIsEmpty() {
    assertThat(matches(tree.files(), EMPTY_CATCH)).as("say what the failure means, or let it travel").isEmpty();
  }

  @Test
  void bannedCallsAreNowhere() {
    var found = new ArrayList<String>();
    List<SourceFile> sources = tree.files().stream().filter(f -> !f.path().startsWith("architecture/")).toList();
    BANNED_EVERYWHERE.forEach(
        (pattern, why) -> matches(sources, Pattern.compile(pattern)).forEach(hit -> found.add(hit + " – " + why)));
    List<SourceFile> main = sources.stream().filter(SourceFile::isMain).toList();
    BANNED_IN_MAIN.forEach(
        (pattern, why) -> matches(main, Pattern.compile(pattern)).forEach(hit -> found.add(hit + " – " + why)));
    assertThat(found).isEmpty();
  }

  @Test
  @DisplayName("T39 no SQL text is glued together from values")
  void sqlIsNeverGluedFromValues() {
    assertThat(matches(tree.javaMain(), SQL_CONCATENATION)).as("bind parameters instead").isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    var silent = new ArrayList<String>();
    for (Path folder : packages().keySet()) {
      Path info = tree.root().resolve(folder).resolve("package-info.java");
      boolean tests = folder.toString().contains("src/test");
      if (!tests && (!Files.exists(info) || !documented(info))) {
        silent.add(folder + ": package-info.java with a sentence and @NullMarked is missing");
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void noPackageIsACrowd() {
    var crowded = new ArrayList<String>();
    packages().forEach((folder, types) -> {
      if (!folder.toString().contains("src/test") && types > MAX_TYPES_IN_A_PACKAGE) {
        crowded.add(folder + ": " + types + " types, split it by feature");
      }
    });
    assertThat(crowded).isEmpty();
  }

  private static boolean documented(Path info) {
    try {
      String text = Files.readString(info);
      return text.startsWith("/**") && text.contains("@NullMarked");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Map<Path, Integer> packages() {
    var packages = new TreeMap<Path, Integer>();
    for (SourceFile file : tree.java()) {
      Path path = Path.of(file.path());
      Path folder = path.getParent();
      if (folder != null && !path.endsWith("package-info.java")) {
        packages.merge(folder, 1, Integer::sum);
      }
    }
    return packages;
  }

  private static List<String> matches(List<SourceFile> files, Pattern pattern) {
    var found = new ArrayList<String>();
    for (SourceFile file : files) {
      Matcher matcher = pattern.matcher(file.text());
      while (matcher.find()) {
        long line = file.text().substring(0, matcher.start()).lines().count();
        found.add(file.path() + ":" + Math.max(1, line) + " " + matcher.group().strip());
      }
    }
    return found;
  }
}
