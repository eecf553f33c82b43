package dev.sallyport.operation.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScreenVariablesTest {
  private static Map<String, String> of(String environ) {
    return ScreenVariables.of(environ.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatFindsTheScreenIsTaken() {
    assertThat(of("LANG=de\0DISPLAY=:0.1\0WAYLAND_DISPLAY=wayland-0\0XAUTHORITY=/run/user/1000/gdm/Xauthority\0"
        + "XDG_RUNTIME_DIR=/run/user/1000\0DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus\0"))
        .containsOnlyKeys("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
        .containsEntry("DISPLAY", ":0.1").containsEntry("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus");
    assertThat(ScreenVariables.display(Map.of("DISPLAY", ":12.3"))).isEqualTo(":12");
    assertThat(ScreenVariables.display(Map.of())).isEmpty();
  }

  @Test
  @DisplayName("T42 nothing passes by which the owner of a session could have programs or code run")
  void nothingThatNamesProgramsIsTaken() {
    assertThat(of("LD_PRELOAD=/tmp/x.so\0JAVA_TOOL_OPTIONS=-javaagent:/tmp/x.jar\0_JAVA_OPTIONS=-Xint\0PATH=/tmp\0"
        + "JDK_JAVA_OPTIONS=-cp /tmp\0LD_LIBRARY_PATH=/tmp\0CLASSPATH=/tmp\0HOME=/tmp\0XMODIFIERS=@im=x\0GTK_MODULES=x\0"
        + "display=:0\0 DISPLAY=:0\0=:0\0DISPLAY\0DISPLAYS=:0\0")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DISPLAY=localhost:10.0", "DISPLAY=evil.example:0", "DISPLAY=/tmp/x:0", "DISPLAY=:",
      "DISPLAY=:0 ", "DISPLAY=:0\n:1", "DISPLAY=:999999", "DISPLAY=unix:0", "DISPLAY=:-1", "DISPLAY=",
      "WAYLAND_DISPLAY=../../x", "WAYLAND_DISPLAY=/tmp/x", "WAYLAND_DISPLAY=", "XAUTHORITY=relative",
      "XAUTHORITY=/a\nb", "XAUTHORITY=/a b", "XDG_RUNTIME_DIR=", "XDG_RUNTIME_DIR=~",
      "DBUS_SESSION_BUS_ADDRESS=unixexec:path=/tmp/x", "DBUS_SESSION_BUS_ADDRESS=tcp:host=evil.example,port=1",
      "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/bus;unixexec:path=/tmp/x", "DISPLAY=:０"})
  void valuesOfAnotherFormAreNotTaken(String variable) {
    assertThat(of(variable + "\0")).isEmpty();
    assertThat(of(variable)).isEmpty();
  }

  @Test
  void ofANameThatIsThereTwiceTheFirstCounts() {
    assertThat(of("DISPLAY=:1\0DISPLAY=:2\0")).containsExactly(Map.entry("DISPLAY", ":1"));
    assertThat(of("DISPLAY=x\0DISPLAY=:2\0")).containsExactly(Map.entry("DISPLAY", ":2"));
  }

  @Test
  void anyBytesAreAccepted() {
    assertThat(ScreenVariables.of(new byte[0])).isEmpty();
    byte[] huge = new byte[SessionProcess.MAX_ENVIRONMENT_BYTES];
    Arrays.fill(huge, (byte) 'A');
    assertThat(ScreenVariables.of(huge)).isEmpty();
    assertThat(ScreenVariables.of(new byte[]{'D', 'I', 'S', 'P', 'L', 'A', 'Y', '=', ':', '0', (byte) 0xff, 0}))
        .as("no UTF-8").isEmpty();
    long seed = Long.getLong("seed", System.nanoTime());
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      assertThat(ScreenVariables.of(noise)).as("seed %d", seed).isEmpty();
    }
  }
}
