package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoProxyTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      example.org            | example.org        | 443
      example.org            | a.b.example.org    | 443
      .example.org           | example.org        | 443
      *.example.org          | a.example.org      | 443
      EXAMPLE.org            | Example.ORG        | 443
      localhost, example.org | example.org        | 443
      *                      | anything.at.all    | 1
      example.org:8443       | example.org        | 8443
      10.1.2.3               | 10.1.2.3           | 443
      10.0.0.0/8             | 10.255.0.1         | 443
      192.168.4.0/22         | 192.168.7.255      | 443
      fd00::/8               | fdab::1            | 443
      [fd00::1]:443          | fd00::1            | 443
      0.0.0.0/0              | 8.8.8.8            | 443
      """)
  void covers(String list, String host, int port) {
    assertThat(new NoProxy(list).covers(host, port)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      example.org      | badexample.org     | 443
      example.org      | example.org.evil   | 443
      example.org:8443 | example.org        | 443
      10.0.0.0/8       | 11.0.0.1           | 443
      10.0.0.0/8       | ten.example        | 443
      192.168.4.0/22   | 192.168.8.0        | 443
      10.0.0.0/33      | 10.0.0.1           | 443
      10.0.0.0/x       | 10.0.0.1           | 443
      fd00::/8         | 10.0.0.1           | 443
      """)
  void leavesToTheProxy(String list, String host, int port) {
    assertThat(new NoProxy(list).covers(host, port)).isFalse();
  }

  @Test
  void anEmptyListCoversNothing() {
    assertThat(new NoProxy(" , ,").covers("example.org", 443)).isFalse();
  }
}
