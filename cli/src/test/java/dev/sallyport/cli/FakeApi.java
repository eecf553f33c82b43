package dev.sallyport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sallyport.cli.api.CertificateProbe;

/** A real HTTPS server with a certificate of its own making that answers as the test scripted. */
final class FakeApi implements AutoCloseable {
  private static final char[] STORE_PASSWORD = "fake-api-store".toCharArray();
  private static final AtomicReference<SSLContext> CONTEXT = new AtomicReference<>();

  private final HttpsServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, String> special = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /** One scripted answer. */
  interface Answer {
    void to(HttpExchange exchange, int nth) throws IOException;
  }

  /** One request as it came in. */
  record Call(String method, String path, String authorization, String lastEventId, String key, String body) {}

  FakeApi(Path directory) throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(directory)));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The environment of an operator who is logged in here. */
  Map<String, String> environment(Path home) {
    return Map.of("HOME", home.toString(), "SALLYPORT_SERVER", uri().toString(), "SALLYPORT_TOKEN", "test-token",
        "SALLYPORT_PIN",
        CertificateProbe.fingerprint(uri()));
  }

  List<Call> calls() {
    return calls;
  }

  FakeApi json(String methodAndPath, int status, String body) {
    answers.put(methodAndPath, (exchange, _) -> send(exchange, status, "application/json", body));
    return this;
  }

  /** The first requests find a connection that ends without an answer, those after them this one. */
  FakeApi cutBefore(String methodAndPath, int cuts, int status, String body) {
    answers.put(methodAndPath, (exchange, nth) -> {
      if (nth >= cuts) {
        send(exchange, status, "application/json", body);
      }
    });
    return this;
  }

  /** The first request gets the beginning of this, then its connection ends; later ones get what their range says. */
  FakeApi cutWithin(String methodAndPath, int at, String body) {
    answers.put(methodAndPath, (exchange, nth) -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String range = header(exchange, "Range");
      int from = range.isEmpty() ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
      OutputStream out = exchange.getResponseBody();
      out.write(bytes, from, (nth == 0 ? at : bytes.length) - from);
      out.flush();
    });
    return this;
  }

  FakeApi text(String methodAndPath, String body) {
    answers.put(methodAndPath, (exchange, _) -> send(exchange, 200, "text/plain", body));
    return this;
  }

  /** Each request gets the next of these event streams; after its text the connection ends. */
  FakeApi events(String path, String... streams) {
    answers.put("GET " + path,
        (exchange, nth) -> send(exchange, 200, "text/event-stream", streams[Math.min(nth, streams.length - 1)]));
    return this;
  }

  /** A request whose query holds this gets this list instead of the usual one. */
  FakeApi lists(String methodAndPath, String query, String body) {
    special.put(methodAndPath + "?" + query, body);
    return this;
  }

  private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String key = exchange.getRequestMethod() + " " + path;
    int nth = (int) calls.stream().filter(call -> (call.method() + " " + call.path()).equals(key)).count();
    try (InputStream in = exchange.getRequestBody()) {
      calls.add(new Call(exchange.getRequestMethod(), path, header(exchange, "Authorization"),
          header(exchange, "Last-Event-ID"), header(exchange, "Idempotency-Key"),
          new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    }
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    for (var list : special.entrySet()) {
      String[] wanted = list.getKey().split("\\?", 2);
      if (wanted[0].equals(key) && List.of(query.split("&")).contains(wanted[1])) {
        send(exchange, 200, "application/json", list.getValue());
        exchange.close();
        return;
      }
    }
    answers.getOrDefault(key, (e, _) -> send(e, 404, "application/problem+json",
        "{\"code\":\"not-found\",\"category\":\"user\",\"detail\":\"nothing is here\",\"fix\":\"look elsewhere\"}"))
        .to(exchange, nth);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** The same certificate for all tests of this process: making one starts a program. */
  private static synchronized SSLContext context(Path directory) throws Exception {
    SSLContext context = CONTEXT.get();
    if (context == null) {
      context = SSLContext.getInstance("TLS");
      context.init(keys(directory), null, null);
      CONTEXT.set(context);
    }
    return context;
  }

  private static KeyManager[] keys(Path directory) throws Exception {
    Path store = Files.createTempDirectory(directory, "tls").resolve("store.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made = new ProcessBuilder(keytool, "-genkeypair", "-alias", "fake", "-keyalg", "EC", "-dname", "CN=fake",
        "-storetype", "PKCS12",
        "-keystore", store.toString(), "-storepass", new String(STORE_PASSWORD)).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (made.waitFor() != 0) {
      throw new IOException("keytool made no certificate");
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(KeyStore.getInstance(store.toFile(), STORE_PASSWORD), STORE_PASSWORD);
    return factory.getKeyManagers();
  }
}
