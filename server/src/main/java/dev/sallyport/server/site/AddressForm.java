package dev.sallyport.server.site;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/** The forms that an address of this server may have. Agents pass over any other, so a typing error is best found here. */
final class AddressForm {
  /** What stands behind host and port, by scheme. Doors with files need a password, and so are named in enrolment bundles only. */
  private static final Map<String, String> PATHS = Map.of("wss", "/agent", "https", "", "tls", "", "http", "", "tcp",
      "");
  private static final String EXAMPLES = "an address such as wss://10.0.0.5:8443/agent, or https://, tls://, http:// or tcp:// with"
      + " host:port";
  private static final int MAX_PORT = 65_535;

  private AddressForm() {
  }

  /** What is expected instead of this text; empty if nothing is. */
  static String fault(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException _) {
      return EXAMPLES;
    }
    String path = uri.getScheme() == null ? null : PATHS.get(uri.getScheme());
    if (path == null || uri.getHost() == null) {
      return EXAMPLES;
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null
        || !path.equals(uri.getRawPath())) {
      return uri.getScheme() + "://host:port" + path + " and nothing else";
    }
    boolean named = uri.getPort() >= 0;
    if (named ? uri.getPort() == 0 || uri.getPort() > MAX_PORT : uri.getScheme().equals("tcp")) {
      return "a port from 1 to " + MAX_PORT;
    }
    return "";
  }
}
