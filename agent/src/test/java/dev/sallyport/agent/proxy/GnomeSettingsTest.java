package dev.sallyport.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sallyport.transport.proxy.discovery.ProxySetting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** GNOME's own tool, with its settings in a file of this test. */
@EnabledOnOs(OS.LINUX)
@DisplayName("K6 the proxy of a GNOME desktop")
final class GnomeSettingsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int NOBODY = 65_534;

  private Path folder = Path.of("/nowhere");
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gsettings"))
        && Files.exists(Path.of("/usr/share/glib-2.0/schemas/org.gnome.system.proxy.gschema.xml")),
        "GNOME's settings are not installed here (Debian: libglib2.0-bin, gsettings-desktop-schemas)");
    folder = Files.createTempDirectory("sallyport-gnome");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    environment = Map.of("GSETTINGS_BACKEND", "keyfile", "XDG_CONFIG_HOME", folder.toString());
  }

  @AfterEach
  void remove() throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void set(String schema, String name, String value) throws IOException {
    Child.Ended ended = new Child(List.of("/usr/bin/gsettings", "set", "org.gnome.system.proxy" + schema, name, value),
        environment, PATIENCE, 10_000).run(new byte[0]);
    assertThat(ended.code()).isZero();
  }

  /** As if these accounts were logged in. */
  private List<ProxySetting> settings(int user) throws IOException {
    Path sessions = Files.createDirectories(folder.resolve("sessions"));
    Files.createDirectories(sessions.resolve(String.valueOf(user)));
    Files.createDirectories(sessions.resolve("no account"));
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    return new GnomeSettings(sessions, environment).settings("server.example", 443);
  }

  private static int self() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  @Test
  void saysNothingWhereNothingIsSet() throws IOException {
    assertThat(settings(self())).isEmpty();
  }

  @Test
  void readsAProxyWithItsExceptions() throws IOException {
    set("", "mode", "manual");
    set(".https", "host", "proxy.example");
    set(".https", "port", "3128");
    set(".socks", "host", "socks.example");
    set(".socks", "port", "1080");
    assertThat(settings(self()))
        .containsExactly(ProxySettings.through("http://proxy.example:3128", "socks5://socks.example:1080"));

    set("", "ignore-hosts", "['localhost', '*.example']");
    assertThat(settings(self())).containsExactly(new ProxySetting.Straight());
  }

  @Test
  void readsAScriptAndLookingInTheNetwork() throws IOException {
    set("", "mode", "auto");
    assertThat(settings(self())).containsExactly(new ProxySetting.Detect());

    set("", "autoconfig-url", "http://proxy.example/it's.pac");
    assertThat(settings(self())).containsExactly(ProxySetting.of("pac+http://proxy.example/it's.pac"));

    set("", "autoconfig-url", "file:///etc/shadow");
    assertThat(settings(self())).isEmpty();
  }

  @Test
  @DisplayName("an agent with root's rights asks as whoever is logged in")
  void asksAsSomebodyElse() throws IOException {
    assumeTrue(self() == 0, "only root may ask as somebody else");
    set("", "mode", "auto");

    assertThat(settings(NOBODY)).containsExactly(new ProxySetting.Detect());
  }
}
