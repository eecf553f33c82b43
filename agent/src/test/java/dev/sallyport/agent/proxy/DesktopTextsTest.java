package dev.sallyport.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.sallyport.transport.proxy.discovery.ProxySetting;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 what desktops say, as text")
final class DesktopTextsTest {
  private static final String GNOME = """
      org.gnome.system.proxy mode 'manual'
      org.gnome.system.proxy.http host 'h'
      org.gnome.system.proxy.http port 1
      org.gnome.system.proxy.http use-authentication true
      org.gnome.system.proxy.http authentication-user "ja'ne"
      org.gnome.system.proxy.http authentication-password 'p\\'w'
      """;

  private static List<ProxySetting> windows(Map<String, String> values, int port) {
    return WindowsProxy.settings(values, "server.example", port);
  }

  @Test
  void gnomesLoginBelongsToItsProxy() {
    assertThat(GnomeProxy.settings(GNOME, "server.example", 80))
        .containsExactly(ProxySettings.through("http://ja%27ne:p%27w@h:1"));
    assertThat(GnomeProxy.settings(GNOME, "server.example", 443)).as("no proxy for https").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "org.gnome.system.proxy mode 'none'", "org.gnome.system.proxy mode manual",
      "org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy.https host 'h'\norg.gnome.system.proxy.https port 70000",
      "org.gnome.system.proxy mode 'auto'\norg.gnome.system.proxy autoconfig-url 'javascript:x'"})
  void whatGnomeDoesNotSayIsNothing(String listing) {
    assertThat(GnomeProxy.settings(listing, "server.example", 443)).isEmpty();
  }

  @Test
  void noTextMakesTheReadersFail() {
    var random = new Random(3);
    String alphabet = "'\"\\[]=;:<local>* \n0x1httpsocks";
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder("org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy ignore-hosts ");
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(GnomeProxy.settings(text.toString(), "h", 1)).isNotNull();
      assertThat(windows(Map.of("proxyenable", "0x1", "proxyserver", text.substring(70), "proxyoverride",
          text.substring(70), "defaultconnectionsettings", text.substring(70)), 443)).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      proxy:8080                                | 443 | http://proxy:8080
      https://proxy:8443                        | 443 | https://proxy:8443
      http=a:1;https=b:2;ftp=c:3;socks=d:4      | 443 | http://b:2
      http=a:1;https=b:2                        | 80  | http://a:1
      ftp=c:3; socks=d:4                        | 443 | socks4a://d:4
      http=a:1                                  | 443 | ''
      ''                                        | 443 | ''
      :::                                       | 443 | ''
      """)
  void readsTheProxyOfWindows(String server, int port, String proxy) {
    List<ProxySetting> settings = windows(Map.of("proxyenable", "0x1", "proxyserver", server), port);
    assertThat(settings).isEqualTo(proxy.isEmpty() ? List.of() : List.of(ProxySettings.through(proxy)));
    assertThat(windows(Map.of("proxyenable", "0x0", "proxyserver", server), port)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"server.example, true", "*.example, true", "server.*, true", "s*r.ex*e, true", "*, true",
      "<local>;*.example, true", "<local>, false", "example, false", "*.other, false", "server.example*x, false",
      "s*server.example, false", "'', false", ";;, false"})
  void readsTheExceptionsOfWindows(String override, boolean covers) {
    assertThat(windows(Map.of("proxyenable", "0x1", "proxyserver", "p:1", "proxyoverride", override), 443))
        .containsExactly(covers ? new ProxySetting.Straight() : ProxySettings.through("http://p:1"));
  }

  @Test
  void localNamesHaveNoDot() {
    Map<String, String> values = Map.of("proxyenable", "0x1", "proxyserver", "p:1", "proxyoverride", "<local>");

    assertThat(WindowsProxy.settings(values, "server", 443)).containsExactly(new ProxySetting.Straight());
    assertThat(WindowsProxy.settings(values, "::1", 443)).containsExactly(ProxySettings.through("http://p:1"));
  }

  @Test
  void windowsLooksInTheNetworkThenAsksTheScriptThenTheProxy() {
    assertThat(windows(Map.of("defaultconnectionsettings", "46000000030000000D0000000000", "autoconfigurl",
        "http://h/p.pac", "proxyenable", "0x1", "proxyserver", "p:1"), 443)).containsExactly(new ProxySetting.Detect(),
            ProxySetting.of("pac+http://h/p.pac"), ProxySettings.through("http://p:1"));
    assertThat(windows(Map.of("defaultconnectionsettings", "460000000300000001", "autoconfigurl", "file://c:/x"), 443))
        .isEmpty();
  }
}
