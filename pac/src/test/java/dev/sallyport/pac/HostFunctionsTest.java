package dev.sallyport.pac;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("K6 names and addresses in proxy scripts")
final class HostFunctionsTest {
  @Test
  void namesAsNetscapeDefinedThem() {
    assertThat(HostFunctions.isPlainHostName("www")).isTrue();
    assertThat(HostFunctions.isPlainHostName("www.example.org")).isFalse();
    assertThat(HostFunctions.isPlainHostName("::1")).isFalse();
    assertThat(HostFunctions.dnsDomainIs("www.Example.org", ".example.org")).isTrue();
    assertThat(HostFunctions.dnsDomainIs("www", ".example.org")).isFalse();
    assertThat(HostFunctions.localHostOrDomainIs("www.example.org", "www.example.org")).isTrue();
    assertThat(HostFunctions.localHostOrDomainIs("www", "www.example.org")).isTrue();
    assertThat(HostFunctions.localHostOrDomainIs("www.other.org", "www.example.org")).isFalse();
    assertThat(HostFunctions.localHostOrDomainIs("home.example.org", "www.example.org")).isFalse();
    assertThat(HostFunctions.dnsDomainLevels("www")).isZero();
    assertThat(HostFunctions.dnsDomainLevels("www.example.org")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"198.95.249.79, 198.95.249.79, 255.255.255.255, true", "198.95.1.2, 198.95.0.0, 255.255.0.0, true",
      "198.96.1.2, 198.95.0.0, 255.255.0.0, false", "1.2.3.4, 0.0.0.0, 0.0.0.0, true", "'', 0.0.0.0, 0.0.0.0, false",
      "1.2.3, 1.2.3.0, 255.255.255.0, false", "1.2.3.256, 1.2.3.0, 255.255.255.0, false",
      "1.2.3.4, 1.2.3.0, nonsense, false", "+1.2.3.4, 1.2.3.0, 255.255.255.0, false"})
  void networks(String address, String network, String mask, boolean inside) {
    assertThat(HostFunctions.isInNet(address, network, mask)).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({"http://home.example.org/people/ari/index.html, */ari/*, true",
      "http://home.example.org/people/montulli/index.html, */ari/*, false", "abc, a?c, true", "abc, a?, false",
      "abc, abc, true", "abc, ABC, false", "'', '', true", "'', *, true", "abc, *, true", "a.c, a.c, true",
      "abc, a.c, false", "aXbXc, a*b*c, true", "ab, *a, false", "mississippi, m*iss*pi, true", "a, '', false"})
  void patterns(String text, String pattern, boolean fits) {
    assertThat(HostFunctions.shExpMatch(text, pattern)).isEqualTo(fits);
  }

  @Test
  void aPatternOfManyStarsDoesNotTakeLong() {
    assertThat(HostFunctions.shExpMatch("a".repeat(2_000), "*a".repeat(500) + "b")).isFalse();
  }
}
