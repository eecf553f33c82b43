package dev.sallyport.server.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
  @Test
  void equalTextsDifferInNothing() {
    assertThat(UnifiedDiff.of("a", "x\n", "b", "x\n")).isEmpty();
  }

  @Test
  void changesStandBetweenWhatStayed() {
    assertThat(UnifiedDiff.of("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "b", "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten\n"))
        .isEqualTo("""
            --- a
            +++ b
            @@ -2,8 +2,9 @@
             2
             3
             4
            -5
            +five
             6
             7
             8
             9
            +ten
            """);
  }

  @Test
  void changesFarApartHavePartsOfTheirOwn() {
    String before = IntStream.range(0, 40).mapToObj(i -> i + "\n").collect(Collectors.joining());
    String after = before.replace("\n3\n", "\nthree\n").replace("\n33\n", "\n");
    assertThat(UnifiedDiff.of("a", before, "b", after)).contains("@@ -1,7 +1,7 @@", "@@ -31,7 +31,6 @@", "-33\n");
  }

  @Test
  void whatIsTooMuchIsShownAsReplaced() {
    String before = IntStream.range(0, 3_000).mapToObj(i -> "a" + i + "\n").collect(Collectors.joining());
    assertThat(UnifiedDiff.of("a", before, "b", before.replace('a', 'b'))).contains("@@ -1,3000 +1,3000 @@");
  }
}
