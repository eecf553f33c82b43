package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("K6 proxies as they are configured")
final class ConfiguredRoutesTest {
  private final Map<String, String> environment = new HashMap<>();

  private List<String> routes(String own) {
    return new ConfiguredRoutes(own, () -> environment).to("server.example", 443).stream().map(Route::describe)
        .toList();
  }

  @Test
  void withoutAnyTheWayIsStraight() {
    assertThat(routes("")).containsExactly("direct");
  }

  @Test
  void theEnvironmentsProxyIsTriedBeforeTheStraightWay() {
    environment.put("HTTPS_PROXY", "http://proxy:3128");

    assertThat(routes("")).containsExactly("http proxy proxy:3128", "direct");
  }

  @Test
  void smallLettersCountMoreAndAllProxyLess() {
    environment.put("ALL_PROXY", "socks5://third");
    environment.put("HTTPS_PROXY", "second:1");
    assertThat(routes("")).first().isEqualTo("http proxy second:1");

    environment.put("https_proxy", "first:1");
    assertThat(routes("")).first().isEqualTo("http proxy first:1");
  }

  @Test
  void theAgentsOwnProxyCountsMost() {
    environment.put("HTTPS_PROXY", "http://proxy:3128");
    environment.put("NO_PROXY", "*");

    assertThat(routes("socks5://own:1080")).containsExactly("socks5 proxy own:1080", "direct");
  }

  @Test
  void directMeansNoProxyWhateverTheEnvironmentSays() {
    environment.put("HTTPS_PROXY", "http://proxy:3128");

    assertThat(routes("direct")).containsExactly("direct");
  }

  @Test
  void exceptionsGoStraight() {
    environment.put("HTTPS_PROXY", "http://proxy:3128");
    environment.put("no_proxy", "localhost,.example");

    assertThat(routes("")).containsExactly("direct");
  }

  @Test
  void whatChangesIsSeenAtTheNextAttempt() {
    var found = new ConfiguredRoutes("", () -> Map.copyOf(environment));
    assertThat(found.to("server.example", 443)).hasSize(1);

    environment.put("https_proxy", "proxy:3128");
    assertThat(found.to("server.example", 443)).hasSize(2);

    environment.clear();
    assertThat(found.to("server.example", 443)).hasSize(1);
  }

  @Test
  void nonsenseIsNamedWithItsPlace() {
    environment.put("HTTPS_PROXY", "gopher://proxy");

    assertThatThrownBy(() -> routes("")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("HTTPS_PROXY: ").hasMessageContaining("http://host:port");
    assertThatThrownBy(() -> routes("http://")).hasMessageStartingWith("--proxy: ");
  }
}
