package dev.sallyport.cli.user;

import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.protocol.json.JsonObject;

/** The API's users, and how they are shown. */
final class Users {
  static final String ROUTE = "/api/v1/users";
  static final String ROLES = "/api/v1/roles";

  private Users() {
  }

  /** The route of one user, by name or id. */
  static String route(String user) {
    return ROUTE + "/" + segment(user);
  }

  /** One piece of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String grants(JsonObject user) {
    List<JsonObject> grants = Fields.list(user, "grants");
    return grants.stream().map(grant -> grant.string("role") + " on " + grant.string("scope")
        + (grant.has("window") ? " at times" : "")).collect(Collectors.joining(", "));
  }

  /** Shows a one-time link, as the only time. */
  static void printLink(PrintStream out, ApiClient client, JsonObject invitation) {
    out.println("Give this link to " + SafeText.oneLine(invitation.string("name")) + "; it works once, until "
        + invitation.string("expires") + ":");
    out.println("  " + client.server() + invitation.string("path"));
  }
}
