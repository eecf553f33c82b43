package dev.sallyport.transport.proxy;

/**
 * What a proxy wants to know before it lets anybody pass. Shown to that proxy alone.
 *
 * @param user empty if none was given
 * @param password in the clear, as proxies need it
 */
public record Login(String user, String password) {
  /** Nobody in particular. */
  public static final Login NONE = new Login("", "");

  /** Whether there is anything to show. */
  public boolean isGiven() {
    return !user.isEmpty();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return isGiven() ? "Login[" + user + "]" : "Login[]";
  }
}
