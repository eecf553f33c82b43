package dev.sallyport.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import dev.sallyport.protocol.ServerAddress.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
  @Test
  void readsHostPortAndAuthority() {
    ServerAddress address = ServerAddress.of("wss://sally.example:8443/agent");

    assertThat(address.host()).isEqualTo("sally.example");
    assertThat(address.port()).isEqualTo(8443);
    assertThat(address.authority()).isEqualTo("sally.example:8443");
    assertThat(address).hasToString("wss://sally.example:8443/agent");
  }

  @Test
  void thePortIsThatOfHttpsUnlessSaidOtherwise() {
    ServerAddress address = ServerAddress.of("wss://sally.example/agent");

    assertThat(address.port()).isEqualTo(443);
    assertThat(address.authority()).isEqualTo("sally.example");
  }

  @Test
  void anIpv6AddressIsDialledWithoutItsBrackets() {
    ServerAddress address = ServerAddress.of("wss://[2001:db8::1]:8443/agent");

    assertThat(address.host()).isEqualTo("2001:db8::1");
    assertThat(address.authority()).isEqualTo("[2001:db8::1]:8443");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sally.example", "https://sally.example/agent", "ws://sally.example/agent",
      "http://sally.example/",
      "tcp://sally.example", "tls://user@sally.example:1", "http://sally.example/slp/1", "ftp:///drop",
      "ftp://sally.example/?x",
      "wss://sally.example", "wss://sally.example/", "wss://sally.example/agents", "wss:///agent",
      "wss://user@sally.example/agent", "wss://sally.example/agent?x=1", "wss://sally.example/agent#x",
      "wss://sally.example:0/agent", "wss://sally.example:70000/agent", "wss://sally example/agent",
      "wss://sally.example:8443/agent\r\nX: y"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> ServerAddress.of(text)).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @CsvSource({"wss://h/agent, WSS, 443", "https://h, HTTPS, 443", "tls://h:8443, TLS, 8443", "http://h, HTTP, 80",
      "tcp://h:4343, TCP, 4343",
      "ftps://h/drop, FTPS, 21", "ftp://u:p@h:2121/drop/site, FTP, 2121"})
  void everySchemeNamesWhatIsSpokenBehindTheDoor(String text, Scheme scheme, int port) {
    ServerAddress address = ServerAddress.of(text);

    assertThat(address.scheme()).isEqualTo(scheme);
    assertThat(address.port()).isEqualTo(port);
  }

  @Test
  void aPasswordIsNeverSaid() {
    assertThat(ServerAddress.of("ftp://drop:secret@h/in")).hasToString("ftp://h/in");
    assertThatThrownBy(() -> ServerAddress.of("http://drop:secret@h")).hasMessageNotContaining("secret");
    assertThatThrownBy(() -> ServerAddress.of("gopher://drop:secret@h")).hasMessageNotContaining("secret");
    assertThatThrownBy(() -> ServerAddress.of("http://drop:secret@h_h")).hasMessageNotContaining("secret");
    assertThatThrownBy(() -> ServerAddress.of("ftp://drop:sec ret@h")).hasMessageNotContaining("ret@");
  }

  @Test
  void anAddressOfFilesNamesUserPasswordAndDirectory() {
    ServerAddress address = ServerAddress.of("ftps://dr%C3%B6p:s%40c%3Ar+t@h/in/to%20there/");

    assertThat(address.user()).isEqualTo("dröp");
    assertThat(new String(address.password(), StandardCharsets.UTF_8)).isEqualTo("s@c:r+t");
    assertThat(address.directory()).isEqualTo("in/to there");
    assertThat(ServerAddress.of("ftp://h").user()).isEmpty();
    assertThat(ServerAddress.of("ftp://h").password()).isEmpty();
    assertThat(ServerAddress.of("ftp://h").directory()).isEmpty();
    assertThat(ServerAddress.of("ftp://u@h/%2Fsrv/drop").directory()).isEqualTo("/srv/drop");
  }
}
