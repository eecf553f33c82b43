package dev.sallyport.transport.proxy.wpad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 what the network says of its proxy script")
final class NetworkScriptsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir
  private Path dhclient;
  @TempDir
  private Path networkd;

  private List<String> leases() {
    return new DhcpLeases(List.of(dhclient, dhclient.resolve("none")), networkd).scripts(NOW);
  }

  private void lease(String... lines) throws IOException {
    Files.writeString(dhclient.resolve("dhclient.eth0.leases"),
        "lease {\n  option wpad \"http://old.example/\";\n}\nlease {\n"
            + "  interface \"eth0\";\n  " + String.join("\n  ", lines) + "\n}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"option wpad \"http://p.example/x.pac\";", "option wpad \"http://p.example/x.pac\\n\";",
      "option unknown-252 \"http://p.example/x.pac\";",
      "option unknown-252 68:74:74:70:3a:2f:2f:70:2e:65:78:61:6d:70:6c:65:2f:78:2e:70:61:63:00;"})
  void readsTheLastLeaseOfDhclient(String option) throws IOException {
    lease(option, "expire 0 2026/11/22 10:00:01;");
    assertThat(leases()).containsExactly("http://p.example/x.pac");
  }

  @ParameterizedTest
  @ValueSource(strings = {"expire 0 2026/11/22 09:59:59;", "expire 4 2020/01/01 00:00:00;"})
  void aLeaseThatIsOverSaysNothing(String expiry) throws IOException {
    lease("option wpad \"http://p.example/x.pac\";", expiry);
    assertThat(leases()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"expire never;", "expire 0 nonsense at all;", "expire epoch 1700000000;"})
  void anEndThatCannotBeReadIsNone(String expiry) throws IOException {
    lease("option wpad \"http://p.example/x.pac\";", expiry);
    assertThat(leases()).containsExactly("http://p.example/x.pac");
  }

  @Test
  void readsTheLeasesOfNetworkd() throws IOException {
    String hex = HexFormat.of().formatHex("http://p.example/x.pac".getBytes(StandardCharsets.US_ASCII));
    Files.writeString(networkd.resolve("2"), "ADDRESS=10.0.0.2\nOPTION_252=" + hex + "\n");
    Files.writeString(networkd.resolve("3"), "OPTION_252=xyz\nOPTION_252=\n");

    assertThat(leases()).containsExactly("http://p.example/x.pac");
  }

  @Test
  void whatDhcpSaysComesFirstAndOnlyNamesThatExistAreAsked() throws IOException {
    lease("option wpad \"http://p.example/x.pac\";");
    var scripts = new NetworkScripts(new DhcpLeases(List.of(dhclient), networkd),
        () -> List.of("a.b.example.com", "lan"), "wpad.b.example.com"::equals, InstantSource.fixed(NOW));

    assertThat(scripts.find()).containsExactly(URI.create("http://p.example/x.pac"),
        URI.create("http://wpad.b.example.com/wpad.dat"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/shadow", "ftp://p.example/x", "nonsense", "http://u:p@h/", "http:// /"})
  void anAddressOfAnotherKindIsNotFollowed(String address) throws IOException {
    lease("option wpad \"" + address + "\";");
    var scripts = new NetworkScripts(new DhcpLeases(List.of(dhclient), networkd), List::of, name -> true,
        InstantSource.fixed(NOW));

    assertThat(scripts.find()).isEmpty();
  }

  @Test
  void readsTheDomainsOfTheResolver() {
    assertThat(NetworkScripts.domainsOfResolver("""
        # search no.example
        nameserver 10.0.0.1
        search a.example\tb.example
        domain c.example
        """)).containsExactly("a.example", "b.example", "c.example");
  }
}
