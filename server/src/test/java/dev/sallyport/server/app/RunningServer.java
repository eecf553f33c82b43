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
public final class RunningServer implements AutoCloseable {

  public static final String NAME = "olga";
  public static final String PASSWORD = "correct horse battery";
  public static final String JSON = "Content-Type: application/json";
  /** Of a network reserved for documentation. */
  public static final String SOMEWHERE = "192.0.2.7";

  public final Path data;
  public final MovingClock clock = new MovingClock();
  public final Server server;

  private RunningServer(Path data, List<Class<?>> features, String... more) {
    this.data = data;
    try {
      Settings settings = Settings.read(
          Stream.concat(Stream.of("--data=" + data, "--port=0", "--bind=127.0.0.1"), Stream.of(more))
              .toArray(String[]::new),
          Map.of());
      this.server = Server.start(settings, clock, features);
    } catch (Exception e) {
      throw new AssertionError("the server does not start", e);
    }
  }

  /** Starts one with these settings besides. */
  public static RunningServer startWith(Path data, String... settings) {
    return new RunningServer(data, List.of(), settings);
  }

  public static RunningServer start(Path data, Class<?>... features) {
    return new RunningServer(data, List.of(features));
  }

  /** Starts one that has its first owner. */
  public static RunningServer withOwner(Path data, Class<?>... features) throws IOException {
    RunningServer running = start(data, features);
    assertThat(running.setUp(Files.readString(data.resolve("setup-token")).strip()).status()).isEqualTo(201);
    return running;
  }

  /** A part of the server, to look at or to arrange what has no route. */
  public <T> T bean(Class<T> type) {
    return server.web().bean(type);
  }

  /** Where agents dial. */
  public String agentAddress() {
    return "wss://127.0.0.1:" + server.gateway().port() + "/agent";
  }

  public RawClient connect() throws IOException {
    return connect(SOMEWHERE);
  }

  public RawClient connect(String address) throws IOException {
    return RawClient.connect(server.web().socket(), address);
  }

  public Answer get(String path, String... headers) throws IOException {
    return request("GET", path, "", headers);
  }

  public Answer post(String path, String json, String... headers) throws IOException {
    return request("POST", path, json, Stream.concat(Stream.of(headers), Stream.of(JSON)).toArray(String[]::new));
  }

  /** One request on a connection of its own. */
  public Answer request(String method, String path, String body, String... headers) throws IOException {
    try (RawClient client = connect()) {
      return client.request(method, path, body, headers);
    }
  }

  public Answer setUp(String token) throws IOException {
    return post("/api/v1/setup", json("token", token, "name", NAME, "password", PASSWORD));
  }

  public Answer logIn(String name, String password, String... headers) throws IOException {
    return post("/api/v1/session", json("name", name, "password", password), headers);
  }

  /** Logs the owner in as a browser does. */
  public Browser browser() throws IOException {
    return Browser.of(logIn(NAME, PASSWORD));
  }

  /** An API token of the owner. */
  public String token() throws IOException {
    Answer created = post("/api/v1/tokens", json("name", NAME, "password", PASSWORD, "label", "test"));
    assertThat(created.status()).isEqualTo(201);
    return text(created.body(), "token");
  }

  public static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  /** A JSON object of texts, given as name, value, name, value. */
  public static String json(String... members) {
    var json = new StringBuilder("{");
    for (int i = 0; i < members.length; i += 2) {
      json.append(i == 0 ? "" : ",").append('"').append(members[i]).append("\":\"").append(members[i + 1]).append('"');
    }
    return json.append('}').toString();
  }

  /** The value of a text member, wherever in the JSON it stands. */
  public static String text(String json, String member) {
    Matcher matcher = Pattern.compile("\"" + member + "\":\"([^\"]*)\"").matcher(json);
    assertThat(matcher.find()).as("%s in %s", member, json).isTrue();
    return matcher.group(1);
  }

  @Override
  public void close() {
    server.close();
  }

  /** What a browser that has logged in sends. */
  public record Browser(String cookie, String csrf) {

    static Browser of(Answer login) {
      assertThat(login.status()).as(login.body()).isEqualTo(200);
      String cookie = login.header("set-cookie").orElseThrow().split(";")[0];
      return new Browser("Cookie: " + cookie, "X-CSRF-TOKEN: " + text(login.body(), "\\w*token"));
    }
  }
}
