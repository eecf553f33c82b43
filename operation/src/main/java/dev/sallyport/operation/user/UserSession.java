package dev.sallyport.operation.user;

import java.time.Instant;
import java.util.Map;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.UserOperation;

/**
 * Somebody's log-in at a screen or a terminal.
 *
 * @param user the account's name
 * @param uid its number
 * @param gid the number of its group
 * @param display the display of X11, as {@code :0}; empty where there is none
 * @param wayland the socket of the Wayland compositor, as {@code wayland-0}; empty where there is none
 * @param tty the terminal, as {@code pts/0}; empty for a log-in at a screen
 * @param since when its oldest process started
 * @param environment what a program needs to find the screen; see {@link ScreenVariables}
 */
record UserSession(String user, long uid, long gid, String display, String wayland, String tty, Instant since,
    Map<String, String> environment) {
  UserSession {
    user = PlainText.clean(user, UserOperation.Words.MAX_USER_LENGTH);
    environment = Map.copyOf(environment);
  }

  /** Whether there is a screen. */
  boolean graphical() {
    return tty.isEmpty();
  }

  /** What people call the place. */
  String place() {
    return !tty.isEmpty() ? tty : display.isEmpty() ? wayland : display;
  }

  JsonObject.Builder named() {
    var json = JsonObject.builder().put("user", user);
    put(json, "display", display);
    put(json, "wayland", wayland);
    put(json, "tty", tty);
    return json;
  }

  JsonObject toJson() {
    return named().put("uid", uid).put("sinceMs", since.toEpochMilli()).build();
  }

  private static void put(JsonObject.Builder json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }
}
