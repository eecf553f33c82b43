package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.testing.installation.Installation;
import dev.sallyport.testing.installation.Program;
import dev.sallyport.transport.proxy.ProxyAddress;
import dev.sallyport.transport.socket.PlainHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real agents through the proxies that companies have. */
@EnabledOnOs(OS.LINUX)
@DisplayName("K6 proxies")
final class ProxiesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  /** Below the ports that the system gives to others. */
  private static final int FIRST_PORT = 21_000;
  private static final int PORTS = 9_000;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  @TempDir
  static Path directory;
  private static Installation installation;
  private static Path open;

  @BeforeAll
  static void install() throws IOException {
    installation = new Installation(directory);
    // Proxies drop root's rights and must still read what is meant for them.
    open = Files.createTempDirectory("sallyport-proxies");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterAll
  static void remove() throws IOException {
    installation.close();
    try (var files = Files.walk(open)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void squidWithDigestLogin() throws Exception {
    squid("digest", "auth_param digest program /usr/lib/squid/digest_file_auth " + secret("digest", "jane:s3cret\n")
        + "\nauth_param digest realm office\n");
  }

  @Test
  void squidWithBasicLogin() throws Exception {
    Process openssl = new ProcessBuilder("openssl", "passwd", "-1", "s3cret").start();
    String hash = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    squid("basic",
        "auth_param basic program /usr/lib/squid/basic_ncsa_auth " + secret("basic", "jane:" + hash) + "\n");
  }

  @Test
  @DisplayName("squid with the log-in of Windows networks, judged by Samba")
  void squidWithNtlmLogin() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ntlm_auth")),
        "Samba's ntlm_auth is not installed here (Debian: apt-get install winbind)");
    Path place = Files.createDirectory(open.resolve("samba"));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path settings = secret("samba", "[global]\nworkgroup=OFFICE\nprivate dir=" + place + "\nlock directory=" + place
        + "\nstate directory=" + place + "\ncache directory=" + place + "\npid directory=" + place + "\n");
    squid("ntlm", "OFFICE%5Cjane", "auth_param ntlm program /usr/bin/ntlm_auth --helper-protocol=squid-2.5-ntlmssp"
        + " --username=jane --domain=OFFICE --password=s3cret --configfile=" + settings
        + "\nauth_param ntlm children 2 startup=1\nauth_param ntlm keep_alive on\n");
  }

  private static void squid(String name, String authentication) throws Exception {
    squid(name, "jane", authentication);
  }

  private static void squid(String name, String user, String authentication) throws Exception {
    int port = freePort();
    try (var _ = proxy("/usr/sbin/squid", name, port, authentication + "http_port 127.0.0.1:" + port
        + "\nacl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all\naccess_log none\ncache_log "
        + open.resolve(name + ".squid.log") + "\npid_filename none\ncache deny all\nshutdown_lifetime 1 seconds\n"
        + "visible_hostname proxy.example\n", "-N", "-f")) {
      String proxy = "http://" + user + ":s3cret@127.0.0.1:" + port;
      Program agent = throughProxy(name, proxy, "http proxy 127.0.0.1:" + port);
      assertThat(agent.said()).doesNotContain("s3cret");
      assertForwards(proxy);
    }
  }

  /** A request in plain HTTP reaches a server through the proxy, again and again on one connection. */
  private static void assertForwards(String proxy) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      byte[] answer = (exchange.getRequestURI() + " " + exchange.getRequestHeaders().get("Proxy-Authorization"))
          .getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
    try {
      PlainHttp http = ProxyAddress.of(proxy).route().plainHttp("127.0.0.1", server.getAddress().getPort());
      var talk = new PlainTalk(http);
      for (int i = 0; i < 3; i++) {
        assertThat(talk.post("/agent?n=" + i)).isEqualTo("/agent?n=" + i + " null");
      }
      talk.close();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void tinyproxyWithBasicLogin() throws Exception {
    int port = freePort();
    try (var _ = proxy("/usr/bin/tinyproxy", "tiny", port, "Port " + port
        + "\nListen 127.0.0.1\nTimeout 600\nAllow 127.0.0.1\nBasicAuth jane s3cret\n", "-d", "-c")) {
      throughProxy("tiny", "jane:s3cret@127.0.0.1:" + port, "http proxy 127.0.0.1:" + port);
      assertForwards("http://jane:s3cret@127.0.0.1:" + port);
    }
  }

  @Test
  @DisplayName("a script names the proxy (PAC), and one that fails is no obstacle")
  void proxyThatAScriptNames() throws Exception {
    int port = freePort();
    try (var _ = proxy("/usr/bin/tinyproxy", "pac", port, "Port " + port
        + "\nListen 127.0.0.1\nTimeout 600\nAllow 127.0.0.1\n", "-d", "-c")) {
      Path script = Files.writeString(directory.resolve("proxy.pac"),
          "function FindProxyForURL(url, host) { return isInNet(host, '127.0.0.0', '255.0.0.0') ? 'PROXY 127.0.0.1:"
              + port + "' : 'DIRECT'; }");
      Program agent = installation.addAgent("pac", Map.of("SALLYPORT_PROXY", "pac+" + script.toUri()));
      echo("pac");
      assertThat(agent.said()).contains(" through http proxy 127.0.0.1:" + port + " as ");
      agent.stop();

      Path endless = Files.writeString(directory.resolve("endless.pac"), "while (true);");
      Program other = installation.addAgent("endless", Map.of("SALLYPORT_PROXY", "pac+" + endless.toUri(),
          "HTTPS_PROXY", "http://127.0.0.1:" + port));
      echo("endless");
      assertThat(other.said()).contains(" through http proxy 127.0.0.1:" + port + " as ");
      other.stop();
    }
  }

  @Test
  void danteWithSocks5() throws Exception {
    int port = freePort();
    try (var _ = proxy("/usr/sbin/danted", "dante", port, "logoutput: stderr\ninternal: 127.0.0.1 port = " + port
        + "\nexternal: lo\nclientmethod: none\nsocksmethod: none\nuser.privileged: root\nuser.unprivileged: nobody\n"
        + "client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }\nsocks pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }\n", "-f")) {
      throughProxy("dante", "socks5h://127.0.0.1:" + port, "socks5 proxy 127.0.0.1:" + port);
    }
  }

  @Test
  @DisplayName("a proxy that is gone is no obstacle where the straight way is open")
  void goesStraightWhenTheProxyIsGone() throws Exception {
    Program agent = installation.addAgent("gone", Map.of("HTTPS_PROXY", "http://127.0.0.1:" + freePort()));

    echo("gone");
    assertThat(agent.said()).contains("connected to ").doesNotContain(" through ");
    agent.stop();
  }

  /** An agent with this proxy in its environment connects through it, and a directive goes there and back. */
  private static Program throughProxy(String name, String proxy, String described) throws IOException {
    Program agent = installation.addAgent(name, Map.of("HTTPS_PROXY", proxy, "NO_PROXY", "other.example"));
    echo(name);
    assertThat(agent.said()).contains(" through " + described + " as ");
    agent.stop();
    return agent;
  }

  private static void echo(String name) throws IOException {
    try (ApiClient client = installation.client()) {
      String machine = online(client, name);
      JsonObject answer = client.post("/api/v1/directives",
          JsonObject.builder().put("action", "shell")
              .put("parameters", JsonObject.builder().put("command", "echo hello from " + name).build())
              .put("machines", JsonArray.ofStrings(List.of(machine))).build(),
          Duration.ofSeconds(30));
      assertThat(Fields.list(answer, "runs").getFirst().string("state")).isEqualTo("done");
      assertThat(Fields.list(answer, "output").getFirst().string("text")).isEqualTo("hello from " + name + "\n");
    }
  }

  /** The id of the machine whose agent of this name was the last to connect. */
  private static String online(ApiClient client, String name) throws IOException {
    Path log = directory.resolve(name + ".log");
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      var connected = java.util.regex.Pattern.compile("connected to .* as ([0-9a-f-]{36})")
          .matcher(Files.readString(log));
      if (connected.find()
          && client.get("/api/v1/machines/" + connected.group(1)).string("state").equals("online")) {
        return connected.group(1);
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    throw new IOException("the agent did not connect:\n" + Files.readString(log));
  }

  /** A running proxy; closing it ends it. */
  private record Running(Program program) implements AutoCloseable {
    @Override
    public void close() {
      program.stop();
    }
  }

  private static Running proxy(String binary, String name, int port, String configuration, String... options)
      throws IOException {
    assumeTrue(Files.isExecutable(Path.of(binary)), binary + " is not installed here");
    Path file = Files.writeString(open.resolve(name + ".conf"), configuration);
    var command = new java.util.ArrayList<String>(List.of(binary));
    command.addAll(List.of(options));
    command.add(file.toString());
    Program program = Program.start(open.resolve(name + ".log"), command);
    Instant end = Instant.now().plus(PATIENCE);
    while (!accepts(port)) {
      if (!program.alive() || Instant.now().isAfter(end)) {
        throw new IOException(binary + " does not listen:\n" + program.said());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return new Running(program);
  }

  private static Path secret(String name, String content) throws IOException {
    Path file = Files.writeString(open.resolve(name + ".users"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  private static boolean accepts(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    int start = (int) (ProcessHandle.current().pid() % PORTS);
    for (int i = 0; i < PORTS; i++) {
      int port = FIRST_PORT + (start + i) % PORTS;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no port from " + FIRST_PORT + " on is free");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false; // somebody has it
    }
  }
}
