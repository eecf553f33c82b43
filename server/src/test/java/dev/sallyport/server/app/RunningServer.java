package dev.sallyport.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sallyport.server.app.RawClient.Answer;
import dev.sallyport.server.app.setting.Settings;

/** A whole server in this process, spoken to as the gateway's relay speaks to its web part. */
final class RunningServer implements AutoCloseable {

  static final String NAME = "olga";
  static final String PASSWORD = "correct horse battery";
  static final String JSON = "Content-Type: application/json";
  /** Of a network reserved for documentation. */
  static final String SOMEWHERE = "192.0.2.7";

  final Path data;
  final MovingClock clock = new MovingClock();
  final Server server;

  private RunningServer(Path data, List<Class<?>> features) {
    this.data = data;
    try {
      Settings settings = Settings.read(new String[]{"--data=" + data, "--port=0", "--bind=127.0.0.1"}, Map.of());
      this.server = Server.start(settings, clock, features);
    } catch (Exception e) {
      throw new AssertionError("the server does not start", e);
    }
  }

  static RunningServer start(Path data, Class<?>... features) {
    return new RunningServer(data, List.of(features));
  }

  /** Starts one that has its first owner. */
  static RunningServer withOwner(Path data, Class<?>... features) throws IOException {
    RunningServer running = start(data, features);
    assertThat(running.setUp(Files.readString(data.resolve("setup-token")).strip()).status()).isEqualTo(201);
    return running;
  }

  RawClient connect() throws IOException {
    return connect(SOMEWHERE);
  }

  RawClient connect(String address) throws IOException {
    return RawClient.connect(server.web().socket(), address);
  }

  Answer get(String path, String... headers) throws IOException {
    return request("GET", path, "", headers);
  }

  Answer post(String path, String json, String... headers) throws IOException {
    return request("POST", path, json, Stream.concat(Stream.of(headers), Stream.of(JSON)).toArray(String[]::new));
  }

  /** One request on a connection of its own. */
  Answer request(String method, String path, String body, String... headers) throws IOException {
    try (RawClient client = connect()) {
      return client.request(method, path, body, headers);
    }
  }

  Answer setUp(String token) throws IOException {
    return post("/api/v1/setup", json("token", token, "name", NAME, "password", PASSWORD));
  }

  Answer logIn(String name, String password, String... headers) throws IOException {
    return post("/api/v1/session", json("name", name, "password", password), headers);
  }

  /** Logs the owner in as a browser does. */
  Browser browser() throws IOException {
    return Browser.of(logIn(NAME, PASSWORD));
  }

  /** An API token of the owner. */
  String token() throws IOException {
    Answer created = post("/api/v1/tokens", json("name", NAME, "password", PASSWORD, "label", "test"));
    assertThat(created.status()).isEqualTo(201);
    return text(created.body(), "token");
  }

  static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  /** A JSON object of texts, given as name, value, name, value. */
  static String json(String... members) {
    var json = new StringBuilder("{");
    for (int i = 0; i < members.length; i += 2) {
      json.append(i == 0 ? "" : ",").append('"').append(members[i]).append("\":\"").append(members[i + 1]).append('"');
    }
    return json.append('}').toString();
  }

  /** The value of a text member, wherever in the JSON it stands. */
  static String text(String json, String member) {
    Matcher matcher = Pattern.compile("\"" + member + "\":\"([^\"]*)\"").matcher(json);
    assertThat(matcher.find()).as("%s in %s", member, json).isTrue();
    return matcher.group(1);
  }

  @Override
  public void close() {
    server.close();
  }

  /** What a browser that has logged in sends. */
  record Browser(String cookie, String csrf) {

    static Browser of(Answer login) {
      assertThat(login.status()).as(login.body()).isEqualTo(200);
      String cookie = login.header("set-cookie").orElseThrow().split(";")[0];
      return new Browser("Cookie: " + cookie, "X-CSRF-TOKEN: " + text(login.body(), "\\w*token"));
    }
  }
}
