package dev.sallyport.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K3 what Linux says about its networks")
final class LinuxNetworkTest {
  private static final String NONE = "00000000000000000000000000000000";

  @TempDir
  private Path folder;
  private RecordedMachine machine;
  private LinuxNetwork network;
  private NetworkState last = NetworkState.UNKNOWN;

  @BeforeEach
  void open() {
    machine = new RecordedMachine(folder);
    network = new LinuxNetwork(folder);
  }

  private NetworkState look() {
    last = network.look(last);
    return last;
  }

  @Test
  void aMachineAloneHasNoWayOut() {
    assertThat(look()).isEqualTo(NetworkState.NONE);
  }

  @Test
  void aGatewayThroughAnInterfaceThatIsUpIsAWay() {
    machine.office();

    assertThat(look().usable()).isTrue();
    assertThat(look().ways()).containsExactly("192.168.7.1 by eth0", "192.168.7.0/24 by eth0");
    assertThat(look().addresses()).containsExactly(InetAddress.ofLiteral("192.168.7.20"));
  }

  @Test
  void aServerAtTheSameCableNeedsNoGateway() {
    machine.office().routes("eth0\t0007A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n");

    assertThat(look().usable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"down", "lowerlayerdown", "dormant", "notpresent"})
  void aRouteThroughAnInterfaceThatCarriesNothingIsNoWay(String state) {
    machine.office().device("eth0", state);

    assertThat(look().usable()).isFalse();
    assertThat(look().id()).isEqualTo(NetworkId.NONE);
  }

  @Test
  @DisplayName("a tunnel keeps no state: its carrier decides")
  void aTunnelIsAWayWhileItHasACarrier() {
    machine.office().device("eth0", "unknown").carrier("eth0", "1");
    assertThat(look().usable()).isTrue();

    machine.carrier("eth0", "0");
    assertThat(look().usable()).isFalse();
  }

  @Test
  void aPulledAndPluggedCableIsNoticed() {
    machine.office();
    assertThat(look().usable()).isTrue();
    machine.device("eth0", "down");
    assertThat(look().usable()).isFalse();
    machine.device("eth0", "up");
    assertThat(look().usable()).isTrue();
  }

  @Test
  @DisplayName("an \"unreachable\" route, an address of its own making and a route that is not up lead nowhere")
  void someRoutesLeadNowhere() {
    machine.routes("""
        *\t00000000\t00000000\t0200\t0\t0\t0\t00000000\t0\t0\t0
        eth0\t0000FEA9\t00000000\t0001\t0\t0\t1000\t0000FFFF\t0\t0\t0
        eth0\t00000000\t0107A8C0\t0002\t0\t0\t100\t00000000\t0\t0\t0
        """).device("eth0", "up").device("*", "up").addresses("169.254.10.20");

    assertThat(look()).isEqualTo(NetworkState.NONE);
  }

  @Test
  void ipv6AloneIsEnough() {
    machine.device("eth0", "up")
        .routes6("fd000000000000000000000000000000 40 " + NONE + " 00 " + NONE
            + " 00000100 00000001 00000000 00000001     eth0\n"
            + "fe800000000000000000000000000000 40 " + NONE + " 00 " + NONE
            + " 00000100 00000002 00000000 00000001     eth0\n"
            + NONE + " 00 " + NONE + " 00 fe80000000000000000000fffe000001"
            + " 00000400 00000003 00000000 00000003     eth0\n"
            + "fd000000000000000000000000000002 80 " + NONE + " 00 " + NONE
            + " 00000000 00000004 00000000 80200001     eth0\n");

    assertThat(look().ways()).containsExactly("fe80:0:0:0:0:ff:fe00:1 by eth0", "fd00:0:0:0:0:0:0:0/64 by eth0");
    assertThat(look().addresses()).containsExactly(InetAddress.ofLiteral("fd00::2"));
    assertThat(look().id()).isNotEqualTo(NetworkId.NONE);
  }

  @Test
  void linkLocalIpv6AloneLeadsNowhere() {
    machine.device("eth0", "up").routes6("fe800000000000000000000000000000 40 " + NONE + " 00 " + NONE
        + " 00000100 00000002 00000000 00000001     eth0\n");

    assertThat(look().usable()).isFalse();
  }

  @Test
  void anotherAddressInTheSameNetworkIsAChange() {
    machine.office();
    NetworkState before = look();
    machine.addresses("192.168.7.21");

    assertThat(look().differsFrom(before)).isTrue();
    assertThat(look().id()).isEqualTo(before.id());
    assertThat(look().holds(InetAddress.ofLiteral("192.168.7.20"))).isFalse();
    assertThat(look().holds(InetAddress.ofLiteral("192.168.7.21"))).isTrue();
  }

  @Test
  @DisplayName("K3 one look finds the way that came, the way that went, and the way that leads elsewhere now")
  void changesOfTheWayAreNoticedAtOnce() {
    look();
    machine.office();
    assertThat(look().usable()).isTrue();
    machine.device("eth0", "down");
    assertThat(look().usable()).isFalse();
    machine.device("eth0", "up");
    assertThat(look().usable()).isTrue();
    machine.routes("eth0\t00000000\t0207A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n");
    assertThat(look().ways()).containsExactly("192.168.7.2 by eth0");
    machine.routes("");
    assertThat(look().usable()).isFalse();
  }

  @Test
  void nothingIsTakenApartTwice() {
    machine.office();
    NetworkState first = look();

    assertThat(look()).isSameAs(first);
  }

  @Test
  void aNetworkKeepsItsNameWhateverAddressItGives() {
    machine.office();
    NetworkId first = look().id();
    machine.alone();
    assertThat(look().id()).isEqualTo(NetworkId.NONE);
    machine.office().addresses("192.168.7.99");

    assertThat(look().id()).isEqualTo(first);
    assertThat(first.names()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("home and office with the same addresses are two networks: their gateways are two devices")
  void sameAddressesAnotherGatewayIsAnotherNetwork() {
    machine.office();
    NetworkState office = look();
    machine.alone();
    look();
    machine.office().neighbour("192.168.7.1", "00:00:5e:00:53:99", "eth0");

    assertThat(look().id().mayBe(office.id())).isFalse();
    assertThat(look().id().rough()).isEqualTo(office.id().rough());
  }

  @Test
  void theSameNetworkThroughTheAirIsAnother() {
    machine.office();
    NetworkId cable = look().id();
    machine.wireless("eth0").alone();
    look();
    machine.office();

    assertThat(look().id().mayBe(cable)).isFalse();
  }

  @Test
  @DisplayName("a gateway's hardware address that becomes known makes the name exact, and is no change of network")
  void theGatewaysHardwareAddressComesLater() {
    machine.office().neighbours("");
    NetworkState before = look();
    assertThat(before.id().exact()).isEmpty();
    machine.neighbour("192.168.7.1", "00:00:00:00:00:00", "eth0");
    assertThat(look().id().exact()).isEmpty();
    machine.neighbour("192.168.7.1", RecordedMachine.OFFICE_GATEWAY, "eth0");

    assertThat(look().id().exact()).isNotEmpty();
    assertThat(look().differsFrom(before)).isFalse();
  }

  @Test
  void theRouteTheKernelTakesNamesTheNetwork() {
    machine.office();
    NetworkId cable = look().id();
    machine.routes("""
        wlan0\t00000000\t010AA8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
        eth0\t00000000\t0107A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
        eth0\t0007A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
        """).device("wlan0", "up");

    assertThat(look().ways()).startsWith("192.168.7.1 by eth0", "192.168.10.1 by wlan0");
    assertThat(look().id()).isEqualTo(cable);
  }

  @Test
  void interfacesThatGoAwayAreForgotten() throws IOException {
    machine.office();
    look();
    machine.alone();
    Files.delete(folder.resolve("sys/class/net/eth0/operstate"));
    assertThat(look().usable()).isFalse();
    machine.office();

    assertThat(look().usable()).isTrue();
  }

  @Test
  @DisplayName("lines that no kernel of today writes are left out; the others count")
  void strangeLinesAreLeftOut() {
    machine.office().routes("""
        eth0\t0000
        eth1\tzzzzzzzz\t0107A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
        eth2\t000000000\t0107A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
        eth3\t00000000\t0107A8C0\t-\t0\t0\t100\t00000000\t0\t0\t0
        eth0\t00000000\t0107A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
        """).routes6("one two three\n").addresses("192.168.7.20", "not an address");

    assertThat(look().ways()).containsExactly("192.168.7.1 by eth0");
    assertThat(look().addresses()).containsExactly(InetAddress.ofLiteral("192.168.7.20"));
  }

  @Test
  void aRoutersMillionRoutesAreReadInPart() {
    machine.office().routes("eth0\t0007A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n".repeat(20_000));

    assertThat(look().usable()).isTrue();
  }
}
