package dev.sallyport.transport.proxy.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.transport.proxy.ProxyAddress;
import dev.sallyport.transport.proxy.Routes;
import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 proxies as they are configured")
final class ProxyDiscoveryTest {
  private final Map<String, String> environment = new HashMap<>();
  private final List<ProxySetting> desktop = new ArrayList<>();
  private final List<URI> network = new ArrayList<>();
  private final Map<String, String> scripts = new HashMap<>();
  private String own = "";

  private final Routes discovery = new ProxyDiscovery(
      List.of(new OwnSetting("--proxy", () -> own), new EnvironmentSetting(() -> environment), new ProxySource() {
        @Override
        public String name() {
          return "desktop";
        }

        @Override
        public List<ProxySetting> settings(String host, int port) {
          return desktop;
        }
      }), (location, host, port) -> {
        String proxy = scripts.getOrDefault(location.toString(), "");
        if (proxy.isEmpty()) {
          throw new IOException("the script is bad");
        }
        return List.of(ProxyAddress.of(proxy).route());
      }, () -> network, Tickets.NONE);

  private List<String> routes() {
    return discovery.to("server.example", 443).stream().map(Route::describe).toList();
  }

  @Test
  void withoutAnyTheWayIsStraight() {
    assertThat(routes()).containsExactly("direct");
  }

  @Test
  void theEnvironmentsProxyIsTriedBeforeTheStraightWay() {
    environment.put("HTTPS_PROXY", "http://proxy:3128");

    assertThat(routes()).containsExactly("http proxy proxy:3128", "direct");
  }

  @Test
  void smallLettersCountMoreAndAllProxyLess() {
    environment.put("ALL_PROXY", "socks5://third");
    environment.put("HTTPS_PROXY", "second:1");
    assertThat(routes()).first().isEqualTo("http proxy second:1");

    environment.put("https_proxy", "first:1");
    assertThat(routes()).first().isEqualTo("http proxy first:1");
  }

  @Test
  void theAgentsOwnProxyCountsMostAndTheDesktopsLeast() {
    desktop.add(ProxySetting.of("http://desktop:1"));
    assertThat(routes()).containsExactly("http proxy desktop:1", "direct");

    environment.put("HTTPS_PROXY", "http://environment:1");
    assertThat(routes()).containsExactly("http proxy environment:1", "direct");

    environment.put("NO_PROXY", "*");
    own = "socks5://own:1080";
    assertThat(routes()).containsExactly("socks5 proxy own:1080", "direct");
  }

  @Test
  void directMeansNoProxyWhateverElseIsSaid() {
    environment.put("HTTPS_PROXY", "http://proxy:3128");
    own = "direct";

    assertThat(routes()).containsExactly("direct");
  }

  @Test
  void exceptionsOfTheEnvironmentGoStraightAndTheDesktopIsNotAsked() {
    desktop.add(ProxySetting.of("http://desktop:1"));
    environment.put("HTTPS_PROXY", "http://proxy:3128");
    environment.put("no_proxy", "localhost,.example");

    assertThat(routes()).containsExactly("direct");
  }

  @Test
  void whatChangesIsSeenAtTheNextAttempt() {
    assertThat(routes()).hasSize(1);

    environment.put("https_proxy", "proxy:3128");
    assertThat(routes()).hasSize(2);

    environment.clear();
    assertThat(routes()).hasSize(1);
  }

  @Test
  void nonsenseIsNamedAndTheNextPlaceIsAsked() {
    environment.put("HTTPS_PROXY", "gopher://proxy");
    desktop.add(ProxySetting.of("http://desktop:1"));

    List<Route> routes = discovery.to("server.example", 443);
    assertThat(routes).extracting(Route::describe).containsExactly("environment", "http proxy desktop:1", "direct");
    assertThatThrownBy(() -> routes.getFirst().open("server.example", 443, Deadline.in(Duration.ofSeconds(60))))
        .isInstanceOf(IOException.class).hasMessageStartingWith("HTTPS_PROXY: ")
        .hasMessageContaining("http://host:port");
  }

  @Test
  void aScriptThatFailsIsNamedAndTheNextPlaceIsAsked() {
    own = "pac+http://bad.example/proxy.pac";
    environment.put("HTTPS_PROXY", "http://proxy:3128");
    assertThat(routes()).containsExactly("proxy script http://bad.example/proxy.pac", "http proxy proxy:3128",
        "direct");

    scripts.put("http://bad.example/proxy.pac", "http://named:1");
    assertThat(routes()).containsExactly("http proxy named:1", "direct");
  }

  @Test
  @DisplayName("WPAD is asked where a setting says so, and the first script that works counts")
  void detectsOnlyWhereItIsAsked() {
    network.addAll(List.of(URI.create("http://dhcp.example/a"), URI.create("http://wpad.example/wpad.dat")));
    scripts.put("http://wpad.example/wpad.dat", "http://found:1");
    assertThat(routes()).containsExactly("direct");

    own = "wpad";
    assertThat(routes()).containsExactly("proxy script http://dhcp.example/a", "http proxy found:1", "direct");
    own = "";
    desktop.add(new ProxySetting.Detect());
    assertThat(routes()).contains("http proxy found:1");
    network.clear();
    assertThat(routes()).containsExactly("desktop", "direct");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pac+", "pac+ftp://h/x", "pac+http:///x", "pac+http://user:secret@h/x", "pac+file://h/x",
      "pac+h", "pac+ http://h", "gopher://h", "pac", ""})
  void refusesWhatIsNoSettingWithoutRepeatingIt(String text) {
    if (text.equals("pac")) {
      assertThat(ProxySetting.of(text)).as("a host may have that name").isInstanceOf(ProxySetting.Through.class);
    } else {
      assertThatThrownBy(() -> ProxySetting.of(text)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void readsAScriptsPlace() {
    assertThat(ProxySetting.of("pac+file:///etc/proxy.pac"))
        .isEqualTo(new ProxySetting.Script(URI.create("file:///etc/proxy.pac")));
    assertThat(ProxySetting.of("pac+file:/etc/proxy.pac")).isInstanceOf(ProxySetting.Script.class);
    assertThat(ProxySetting.of("pac+https://h:8443/p?x=1"))
        .isEqualTo(new ProxySetting.Script(URI.create("https://h:8443/p?x=1")));
  }
}
