package dev.sallyport.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of versions, with the examples of deb-version(7) and what dpkg itself says. */
class DebianVersionTest {
  @ParameterizedTest
  @CsvSource({"1,2", "1.9,1.10", "3.0.2,3.0.10", "1.0~rc1,1.0", "1.0~~,1.0~", "1.0,1.0a", "1.0a,1.0+", "9,1:0",
      "1-1,1-2",
      "1.0-1,1.0.1-1", "1.0,1.0-1", "2.36-9+deb12u3,2.36-9+deb12u10", "0:1,1:0", "1.0~beta1~svn1245,1.0~beta1"})
  void theFirstIsOlder(String older, String newer) {
    assertThat(DebianVersion.compare(older, newer)).isNegative();
    assertThat(DebianVersion.compare(newer, older)).isPositive();
    assertThat(DebianVersion.compare(older, older)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1.00,1.0", "0:1,1", "1.0-0,1.0", "01,1"})
  void someAreEqualThoughTheyAreWrittenDifferently(String one, String other) {
    assertThat(DebianVersion.compare(one, other)).isZero();
  }
}
