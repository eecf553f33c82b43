package dev.sallyport.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.transport.proxy.discovery.ProxySetting;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The {@code reg.exe} of Wine, which is none of a test's making, on settings that it has itself written. */
@DisplayName("K6 the proxy of a Windows desktop")
final class WindowsSettingsTest {
  private static final Path WINE = Path.of("/usr/bin/wine");
  private static final String SETTINGS = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
  /** A new prefix takes a minute on a cold disk. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Map<String, String> environment = Map.of("WINEPREFIX",
      Path.of("target", "wine").toAbsolutePath().toString(), "WINEDEBUG", "-all", "DISPLAY", "", "WINEDLLOVERRIDES",
      "mscoree,mshtml=", "HOME", System.getProperty("user.home"), "PATH", "/usr/bin:/bin");

  /** Wine's own server stays behind and would hold a pipe: its words go to a file. */
  private void wine(String... words) throws IOException, InterruptedException {
    var argv = new ArrayList<>(List.of(WINE.toString()));
    argv.addAll(List.of(words));
    Path said = Files.createTempFile("wine", ".txt");
    var builder = new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    process.destroyForcibly();
    assumeTrue(ended && process.exitValue() == 0, () -> "Wine cannot run here: " + List.of(words));
    Files.delete(said);
  }

  private void set(String name, String type, String value) throws IOException, InterruptedException {
    wine("reg.exe", "add", SETTINGS, "/v", name, "/t", type, "/d", value, "/f");
  }

  private List<ProxySetting> settings() throws IOException {
    return new WindowsSettings(List.of(WINE.toString(), "reg.exe"), environment).settings("server.example", 443);
  }

  @Test
  void readsWhatIsSet() throws Exception {
    assumeTrue(Files.isExecutable(WINE), "Wine is not installed (Debian: apt-get install wine)");
    Files.createDirectories(Path.of("target", "wine"));
    wine("wineboot.exe", "--init");
    var builder = new ProcessBuilder(WINE.toString(), "cmd.exe").redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process waiting = builder.start(); // keeps Wine's server: one that a tool starts itself would hold its output
    try {
      wine("reg.exe", "query", "HKCU");
      set("ProxyEnable", "REG_DWORD", "1");
      set("ProxyServer", "REG_SZ", "http=a.example:1;https=proxy.example:3128");
      set("ProxyOverride", "REG_SZ", "*.other;<local>");
      assertThat(settings()).containsExactly(ProxySettings.through("http://proxy.example:3128"));

      set("ProxyOverride", "REG_SZ", "*.example;<local>");
      assertThat(settings()).containsExactly(new ProxySetting.Straight());

      set("AutoConfigURL", "REG_SZ", "http://proxy.example/proxy.pac");
      set("ProxyEnable", "REG_DWORD", "0");
      wine("reg.exe", "add", SETTINGS + "\\Connections", "/v", "DefaultConnectionSettings", "/t", "REG_BINARY", "/d",
          "460000000300000009000000", "/f");
      assertThat(settings()).containsExactly(new ProxySetting.Detect(),
          ProxySetting.of("pac+http://proxy.example/proxy.pac"));
    } finally {
      waiting.getOutputStream().close();
      assertThat(waiting.waitFor(1, java.util.concurrent.TimeUnit.MINUTES)).isTrue();
    }
  }
}
