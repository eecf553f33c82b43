package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.transport.proxy.ProxyAddress.Scheme;
import dev.sallyport.transport.proxy.login.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyAddressTest {
  @ParameterizedTest
  @CsvSource({"http://proxy.example:3128, HTTP, proxy.example, 3128", "proxy.example:3128, HTTP, proxy.example, 3128",
      "10.0.0.1, HTTP, 10.0.0.1, 80", "HTTPS://proxy, HTTPS, proxy, 443",
      "socks5h://[fd00::1]:1081/, SOCKS5, fd00::1, 1081",
      "socks://proxy, SOCKS5, proxy, 1080", "socks4a://proxy, SOCKS4, proxy, 1080"})
  void readsWhatAdministratorsWrite(String text, Scheme scheme, String host, int port) {
    assertThat(ProxyAddress.of(text)).isEqualTo(new ProxyAddress(scheme, host, port, Login.NONE));
  }

  @Test
  void readsAPasswordWithOddCharacters() {
    assertThat(ProxyAddress.of("http://DOM%5Cjane:p%40ss+w%3Ard@proxy:1").login())
        .isEqualTo(new Login("DOM\\jane", "p@ss+w:rd"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://", "http://host:0", "http://host:65536", "ftp://host", "http://a b", "http://:80",
      "host:port"})
  void refusesWhatIsNoAddressAndSaysWhatToWrite(String text) {
    assertThatThrownBy(() -> ProxyAddress.of(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://host:port");
  }

  @Test
  void neverShowsThePassword() {
    ProxyAddress address = ProxyAddress.of("http://jane:secret@proxy:3128");

    assertThat(address.toString()).doesNotContain("secret");
    assertThat(address.route().describe()).isEqualTo("http proxy proxy:3128");
    assertThatThrownBy(() -> ProxyAddress.of("http://jane:secret@pro xy")).hasMessageNotContaining("secret")
        .hasNoCause();
  }
}
