package dev.sallyport.transport.proxy.wpad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 names at which a network offers its proxy script")
final class WpadNamesTest {
  @ParameterizedTest
  @CsvSource({"example.com, wpad.example.com", "Office.Example.com., wpad.office.example.com",
      "a.b.example.com, wpad.a.b.example.com wpad.b.example.com",
      "a.b.c.example.org, wpad.a.b.c.example.org wpad.b.c.example.org wpad.c.example.org",
      "example.co.uk, wpad.example.co.uk", "a.example.co.uk, wpad.a.example.co.uk",
      "a.b.example.co.uk, wpad.a.b.example.co.uk wpad.b.example.co.uk",
      "a.city.kawasaki.jp, wpad.a.city.kawasaki.jp"})
  void goesUpOnlyWhereNoStrangerCanOwnTheName(String domain, String names) {
    assertThat(String.join(" ", WpadNames.of(List.of(domain)))).isEqualTo(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "lan", "com", "localdomain", "10.0.0.1", "a..example.com", "a b.com", "ex/mple.com",
      "exämple.com", "a@example.com", "example.com:80"})
  void whatIsNoDomainOfOnesOwnIsNotAsked(String domain) {
    assertThat(WpadNames.of(List.of(domain))).isEmpty();
  }

  @Test
  void asksFewAndNoneTwice() {
    assertThat(WpadNames.of(List.of("a.example.com", "A.EXAMPLE.COM"))).hasSize(1);
    assertThat(WpadNames.of(List.of("a.b.c.d.e.f.g.h.i.j.k.l.m.example.com"))).hasSize(WpadNames.MAX);
  }
}
