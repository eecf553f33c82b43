package dev.sallyport.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
      "wss://sally.example", "wss://sally.example/", "wss://sally.example/agents", "wss:///agent",
      "wss://user@sally.example/agent", "wss://sally.example/agent?x=1", "wss://sally.example/agent#x",
      "wss://sally.example:0/agent", "wss://sally.example:70000/agent", "wss://sally example/agent",
      "wss://sally.example:8443/agent\r\nX: y"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> ServerAddress.of(text)).isInstanceOf(ProtocolException.class);
  }
}
