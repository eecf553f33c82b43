package dev.sallyport.transport.proxy.pac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.transport.proxy.LoopbackPeer;
import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("K6 fetching proxy scripts")
final class FetchedScriptsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final List<String> asked = new ArrayList<>();
  private long nanos;
  private Duration patience = PATIENCE;

  /** The "script" is the answer. */
  private List<String> routes(URI location) throws IOException {
    return scripts().routes(location, "server.example", 443).stream().map(Route::describe).toList();
  }

  private FetchedScripts scripts() {
    return new FetchedScripts((script, url, host) -> {
      asked.add(url + " " + host);
      return new String(script, StandardCharsets.UTF_8);
    }, Tickets.NONE, new ScriptFetcher(patience), () -> nanos);
  }

  private static URI at(LoopbackPeer peer, String path) {
    return URI.create("http://127.0.0.1:" + peer.port() + path);
  }

  @ParameterizedTest
  @CsvSource({"'Content-Length: 9\r\n\r\n', PROXY a:1", "'\r\n', PROXY a:1",
      "'Transfer-Encoding: chunked\r\n\r\n', '9\r\nPROXY a:1\r\n0\r\n\r\n'"})
  void fetchesAndAsksForTheTarget(String headers, String body) throws Exception {
    try (var peer = new LoopbackPeer(LoopbackPeer.answering(OK + headers + body))) {
      assertThat(routes(at(peer, "/proxy.pac?x=1"))).containsExactly("http proxy a:1");

      assertThat(peer.head()).startsWith("GET /proxy.pac?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" + peer.port() + "\r\n");
      assertThat(asked).containsExactly("https://server.example/ server.example");
    }
  }

  @Test
  void aPathIsNotToldAndAnotherPortIs() throws IOException {
    Path file = Files.writeString(Files.createTempFile("script", ".pac"), "DIRECT");
    var scripts = scripts();
    scripts.routes(file.toUri(), "server.example", 8443);
    scripts.routes(file.toUri(), "2001:db8::1", 80);
    Files.delete(file);

    assertThat(asked).containsExactly("https://server.example:8443/ server.example",
        "http://[2001:db8::1]/ 2001:db8::1");
  }

  @Test
  void keepsAScriptForAMinuteAndEvaluatesItEveryTime() throws Exception {
    try (var peer = new LoopbackPeer(LoopbackPeer.answering(OK + "\r\nPROXY a:1"),
        LoopbackPeer.answering(OK + "\r\nPROXY b:1"))) {
      var scripts = scripts();
      URI location = at(peer, "/");
      assertThat(scripts.routes(location, "one.example", 443).getFirst().describe()).isEqualTo("http proxy a:1");
      nanos += FetchedScripts.KEPT.toNanos();
      assertThat(scripts.routes(location, "two.example", 443).getFirst().describe()).isEqualTo("http proxy a:1");
      nanos++;
      assertThat(scripts.routes(location, "three.example", 443).getFirst().describe()).isEqualTo("http proxy b:1");
      assertThat(asked).hasSize(3);
    }
  }

  @Test
  void followsWhereItIsSentOnToButNotForEver() throws Exception {
    try (var target = new LoopbackPeer(LoopbackPeer.answering(OK + "\r\nPROXY a:1"));
        var first = new LoopbackPeer(
            LoopbackPeer.answering("HTTP/1.1 302 Found\r\nLocation: " + at(target, "/x") + "\r\n\r\n"));
        var round = new LoopbackPeer(LoopbackPeer.answering("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"));
        var bad = new LoopbackPeer(
            LoopbackPeer.answering("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"))) {
      assertThat(routes(at(first, "/"))).containsExactly("http proxy a:1");
      assertThatThrownBy(() -> routes(at(round, "/"))).hasMessageContaining("from place to place");
      assertThatThrownBy(() -> routes(at(bad, "/"))).hasMessageContaining("where nobody goes");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      HTTP/1.1 404 No~~                                | HTTP 404
      HTTP/1.1 200 OK~Content-Length: 1048577~~        | more than 1048576 bytes
      HTTP/1.1 200 OK~Content-Length: 5~~x             | ended too early
      HTTP/1.1 200 OK~Content-Encoding: x~Transfer-Encoding: gzip~~ | that nobody asked for
      SSH-2.0~                                         | no answer of HTTP
      """)
  void saysWhyThereIsNoScript(String answer, String words) throws IOException {
    try (var peer = new LoopbackPeer(LoopbackPeer.answering(answer.replace("~", "\r\n")))) {
      assertThatThrownBy(() -> routes(at(peer, "/"))).isInstanceOf(IOException.class).hasMessageContaining(words);
    }
  }

  @Test
  void aScriptWithoutEndIsNotReadForEver() throws IOException {
    try (var endless = new LoopbackPeer((peer, in, out) -> {
      peer.readHead(in);
      for (out.write((OK + "\r\n").getBytes(StandardCharsets.US_ASCII)); true; out.write(new byte[10_000])) {
        out.flush();
      }
    }); var silent = new LoopbackPeer((_, in, _) -> in.readAllBytes())) {
      assertThatThrownBy(() -> routes(at(endless, "/"))).hasMessageContaining("more than");
      patience = Duration.ofMillis(300);
      assertThatThrownBy(() -> routes(at(silent, "/"))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void readsAFileThatIsOne(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.pac"), "PROXY a:1");
    assertThat(routes(file.toUri())).containsExactly("http proxy a:1");

    assertThatThrownBy(() -> routes(directory.resolve("none").toUri())).hasMessageContaining("no such file");
    assertThatThrownBy(() -> routes(URI.create("file:///dev/zero"))).hasMessageContaining("no such file");
    Files.write(file, new byte[ScriptFetcher.MAX_BYTES + 1]);
    assertThatThrownBy(() -> routes(file.toUri())).hasMessageContaining("longer than");
  }
}
