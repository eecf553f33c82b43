package dev.sallyport.operation.user;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is taken from the environment of somebody's process: the few variables by which a program finds the screen, and of these only
 * values of their usual form. All the rest of such an environment is another account's word. Whoever owns it could name programs in it
 * ({@code PATH}, {@code LD_PRELOAD}, {@code JAVA_TOOL_OPTIONS}), so none of it is looked at.
 */
final class ScreenVariables {
  static final String DISPLAY = "DISPLAY";
  static final String WAYLAND = "WAYLAND_DISPLAY";

  private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]{1,1023}");

  /** The display of this machine only: one of another machine, by ssh, is nobody's who sits here. */
  private static final Map<String, Pattern> TAKEN = Map.of(
      DISPLAY, Pattern.compile("(:[0-9]{1,5})(\\.[0-9]{1,3})?"),
      WAYLAND, Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"),
      "XAUTHORITY", PATH,
      "XDG_RUNTIME_DIR", PATH,
      "DBUS_SESSION_BUS_ADDRESS", Pattern.compile("unix:(path|abstract)=/[A-Za-z0-9/_.=,-]{1,255}"));

  private ScreenVariables() {
  }

  /**
   * Reads the variables of a process.
   *
   * @param environ names and values, each pair ended by a zero byte, as in {@code /proc/PID/environ}; anything is accepted, of a name that
   *   is there twice the first counts
   */
  static Map<String, String> of(byte[] environ) {
    var taken = new HashMap<String, String>();
    int start = 0;
    for (int i = 0; i <= environ.length; i++) {
      if (i == environ.length || environ[i] == 0) {
        take(ByteBuffer.wrap(environ, start, i - start), taken);
        start = i + 1;
      }
    }
    return taken;
  }

  private static void take(ByteBuffer pair, Map<String, String> taken) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(pair).toString();
    } catch (CharacterCodingException e) {
      // None of these values has any reason to be something else than text.
      return;
    }
    int equals = text.indexOf('=');
    String name = text.substring(0, Math.max(equals, 0));
    Pattern form = TAKEN.get(name);
    if (form != null && form.matcher(text.substring(equals + 1)).matches()) {
      taken.putIfAbsent(name, text.substring(equals + 1));
    }
  }

  /** Returns the display without the number of its screen, {@code :0} for {@code :0.1}; empty if there is none. */
  static String display(Map<String, String> variables) {
    String display = variables.getOrDefault(DISPLAY, "");
    int dot = display.indexOf('.');
    return dot < 0 ? display : display.substring(0, dot);
  }
}
