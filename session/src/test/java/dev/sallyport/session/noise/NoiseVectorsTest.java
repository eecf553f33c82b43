package dev.sallyport.session.noise;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The interpreter against published vectors. An excerpt lies beside this class: all patterns with SLP/1's cipher and hash, and
 * some with the others. The whole collection (cacophony's, all 236 with X25519 and ciphers and hashes of the JDK) is found by the system property {@code sallyport.vectors} or in a
 * folder {@code shared/vectors} of this checkout or of a folder above it.
 */
class NoiseVectorsTest {
  private static final String FILE = "noise-cacophony.json";
  private static final JsonLimits LIMITS = JsonLimits.ofBytes(1 << 20);

  @TestFactory
  Stream<DynamicTest> agreesWithTheExcerptOfPublishedVectors() throws IOException {
    try (InputStream in = NoiseVectorsTest.class.getResourceAsStream("cacophony-excerpt.json")) {
      return tests(in.readAllBytes(), 60);
    }
  }

  @TestFactory
  Stream<DynamicTest> agreesWithEveryPublishedVector() throws IOException {
    Optional<Path> file = wholeCollection();
    if (file.isEmpty()) {
      String message = "SKIPPED: the 236 published Noise vectors were not run; give their file by -Dsallyport.vectors=…/"
          + FILE;
      System.err.println(message);
      return Assumptions.abort(message);
    }
    return tests(Files.readAllBytes(file.get()), 236);
  }

  private static Stream<DynamicTest> tests(byte[] json, int expected) {
    List<NoiseVector> vectors = Json.parseObject(json, LIMITS).objects("vectors", 1_000).stream().map(NoiseVector::new)
        .toList();
    assertThat(vectors).hasSize(expected);
    return vectors.stream().map(vector -> DynamicTest.dynamicTest(vector.name(), vector::check));
  }

  private static Optional<Path> wholeCollection() {
    String given = System.getProperty("sallyport.vectors");
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path file = folder.resolve("shared").resolve("vectors").resolve(FILE);
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
