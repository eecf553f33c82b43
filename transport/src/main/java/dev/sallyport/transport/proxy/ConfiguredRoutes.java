package dev.sallyport.transport.proxy;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.sallyport.transport.socket.Route;

/**
 * Proxies as administrators configure them: one named for this agent, else those of the environment, {@code HTTPS_PROXY} and {@code
 * ALL_PROXY} with {@code NO_PROXY}, in capitals or not. A proxy is tried first and then the straight way, because proxies go away.
 */
public final class ConfiguredRoutes implements Routes {
  /** The word for no proxy whatever the environment says. */
  public static final String NO_PROXY = "direct";

  private static final List<String> VARIABLES = List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
  private static final List<String> EXCEPTIONS = List.of("no_proxy", "NO_PROXY");

  private final String own;
  private final Supplier<Map<String, String>> environment;

  /**
   * @param own the proxy named for this agent; {@link #NO_PROXY}, or empty if nothing is said
   * @param environment asked at every attempt
   */
  public ConfiguredRoutes(String own, Supplier<Map<String, String>> environment) {
    this.own = own;
    this.environment = environment;
  }

  @Override
  public List<Route> to(String host, int port) {
    if (own.equals(NO_PROXY)) {
      return List.of(Route.DIRECT);
    }
    if (!own.isEmpty()) {
      return throughThenStraight("--proxy", own);
    }
    Map<String, String> variables = environment.get();
    for (String variable : VARIABLES) {
      String value = variables.getOrDefault(variable, "").strip();
      if (!value.isEmpty() && !isException(variables, host, port)) {
        return throughThenStraight(variable, value);
      }
    }
    return List.of(Route.DIRECT);
  }

  private static boolean isException(Map<String, String> variables, String host, int port) {
    return EXCEPTIONS.stream().anyMatch(name -> new NoProxy(variables.getOrDefault(name, "")).covers(host, port));
  }

  private static List<Route> throughThenStraight(String where, String value) {
    try {
      return List.of(ProxyAddress.of(value).route(), Route.DIRECT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
