package dev.sallyport.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkStateTest {
  private static final NetworkState OFFLINE_WITH_ADDRESS = new NetworkState(false, List.of(),
      Set.of(InetAddress.ofLiteral("10.9.0.2"), InetAddress.ofLiteral("fd00::2")), NetworkId.NONE);

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "Demo.LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "10.9.0.2",
      "[fd00::2]"})
  @DisplayName("K3 a server on the same machine is reachable without any network")
  void thisMachineIsAlwaysReachable(String host) {
    assertThat(OFFLINE_WITH_ADDRESS.leadsTo(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sallyport.example", "10.9.0.3", "[fd00::3]", "0.0.0.0", "1", "", "[", "not localhost"})
  void elsewhereNeedsARoute(String host) {
    assertThat(OFFLINE_WITH_ADDRESS.leadsTo(host)).isFalse();
    assertThat(NetworkState.UNKNOWN.leadsTo(host)).isTrue();
  }

  @Test
  void ownAddressesAreHeld() {
    assertThat(OFFLINE_WITH_ADDRESS.holds(InetAddress.ofLiteral("10.9.0.2"))).isTrue();
    assertThat(OFFLINE_WITH_ADDRESS.holds(InetAddress.ofLiteral("10.9.0.3"))).isFalse();
    assertThat(OFFLINE_WITH_ADDRESS.holds(InetAddress.getLoopbackAddress())).isTrue();
    assertThat(NetworkState.UNKNOWN.holds(InetAddress.ofLiteral("10.9.0.3"))).isTrue();
  }

  @Test
  void namesSayNothingAboutAddresses() {
    NetworkId id = NetworkId.of("192.168.7.1", RecordedMachine.OFFICE_GATEWAY, "wired", "192.168.7.0/24");

    assertThat(id.rough()).matches("[0-9a-f]{16}");
    assertThat(id.exact()).matches("[0-9a-f]{16}");
    assertThat(NetworkId.NONE.names()).isEmpty();
  }
}
