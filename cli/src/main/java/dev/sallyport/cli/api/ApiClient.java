package dev.sallyport.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * The server's REST interface. Every call blocks; a refusal is an {@link ApiException}, no usable answer an
 * {@link UnreachableException}.
 */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(10);
  /** Answers are lists of at most some thousand rows; more than this is not our server. */
  private static final int MAX_ANSWER_BYTES = 32 * 1024 * 1024;
  private static final JsonLimits ANSWER = new JsonLimits(MAX_ANSWER_BYTES, 32);
  private static final int OK_FROM = 200;
  private static final int OK_BELOW = 300;
  private static final int PARTIAL = 206;
  private static final int PIECE_BYTES = 128 << 10;

  private final URI server;
  private final String token;
  private final SSLContext tls;
  private final HttpClient http;

  /** @param token the bearer token, or "" before log-in */
  public ApiClient(URI server, Trust trust, String token) {
    this.server = server;
    this.token = token;
    this.tls = trust.context();
    this.http = HttpClient.newBuilder().sslContext(tls).connectTimeout(CONNECT_LIMIT)
        .followRedirects(HttpClient.Redirect.NEVER).build();
  }

  public URI server() {
    return server;
  }

  public JsonObject get(String path) {
    return json(request(path).GET().timeout(ANSWER_LIMIT));
  }

  public JsonObject post(String path, JsonObject body) {
    return json(request(path).header("Content-Type", "application/json").timeout(ANSWER_LIMIT)
        .POST(BodyPublishers.ofByteArray(body.bytes())));
  }

  /** Posts something that may be repeated under its key without being done twice (draft-ietf-httpapi-idempotency-key-header). */
  public JsonObject postOnce(String path, JsonObject body, String key) {
    return json(request(path).header("Content-Type", "application/json").header("Idempotency-Key", '"' + key + '"')
        .timeout(ANSWER_LIMIT).POST(BodyPublishers.ofByteArray(body.bytes())));
  }

  /** Posts an order and asks for its end in the answer, if that comes within {@code wait} (RFC 7240). */
  public JsonObject post(String path, JsonObject body, Duration wait) {
    return json(request(path).header("Content-Type", "application/json").header("Prefer", "wait=" + wait.toSeconds())
        .timeout(ANSWER_LIMIT).POST(BodyPublishers.ofByteArray(body.bytes())));
  }

  public JsonObject patch(String path, JsonObject body) {
    return json(request(path).header("Content-Type", "application/json").timeout(ANSWER_LIMIT).method("PATCH",
        BodyPublishers.ofByteArray(body.bytes())));
  }

  public JsonObject put(String path, JsonObject body) {
    return json(request(path).header("Content-Type", "application/json").timeout(ANSWER_LIMIT)
        .PUT(BodyPublishers.ofByteArray(body.bytes())));
  }

  /** Posts raw bytes. */
  public JsonObject upload(String path, byte[] body) {
    return json(request(path).header("Content-Type", "application/octet-stream").timeout(UPLOAD_LIMIT)
        .POST(BodyPublishers.ofByteArray(body)));
  }

  /** Is shown each piece of a body. */
  @FunctionalInterface
  public interface Seen {
    /** The first {@code count} of these bytes are on their way; the next piece comes in the same array. */
    void piece(byte[] bytes, int count);
  }

  /**
   * Posts a file, from an offset to its end, however large it is.
   *
   * @param seen is shown each piece
   */
  public JsonObject upload(String path, Path file, long offset, long length, Seen seen) {
    var headers = authorization();
    headers.put("Content-Type", "application/octet-stream");
    headers.put("Content-Length", Long.toString(length));
    try (BulkConnection connection = BulkConnection.open(server, tls, CONNECT_LIMIT, Duration.ZERO)) {
      BulkAnswer answer = new BulkUpload(connection).send(connection.ask("POST", path, headers), file, offset, length,
          seen);
      return json(answer.status(), answer.body());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private Map<String, String> authorization() {
    var headers = new LinkedHashMap<String, String>();
    if (!token.isEmpty()) {
      headers.put("Authorization", "Bearer " + token);
    }
    return headers;
  }

  public JsonObject delete(String path) {
    return json(request(path).DELETE().timeout(ANSWER_LIMIT));
  }

  /** Copies the bytes at {@code path}, however many, to {@code out}. */
  public void download(String path, OutputStream out) throws IOException {
    HttpResponse<InputStream> response = send(request(path).GET());
    try (InputStream body = response.body()) {
      refuseErrors(response.statusCode(), body);
      body.transferTo(out);
    }
  }

  /**
   * Copies the bytes at {@code path} from this one on to {@code out}.
   *
   * @return whether the server began there; if not, nothing was copied
   */
  public boolean download(String path, long from, OutputStream out) throws IOException {
    var headers = authorization();
    if (from > 0) {
      headers.put("Range", "bytes=" + from + "-");
    }
    try (BulkConnection connection = BulkConnection.open(server, tls, CONNECT_LIMIT, ANSWER_LIMIT)) {
      OutputStream _ = connection.ask("GET", path, headers);
      BulkAnswer answer = connection.answer();
      refuseErrors(answer.status(), answer.body());
      if (from > 0 && answer.status() != PARTIAL) {
        return false;
      }
      byte[] piece = new byte[PIECE_BYTES];
      for (int count = answer.body().read(piece); count >= 0; count = answer.body().read(piece)) {
        out.write(piece, 0, count);
      }
      return true;
    }
  }

  /**
   * Follows the live events at {@code path} until {@code consumer} answers false or the server ends them, beginning after
   * {@code lastEventId} ("" for all).
   *
   * @return the id of the last event seen, for going on after a cut
   */
  public String follow(String path, String lastEventId, Predicate<ServerEvent> consumer) throws IOException {
    var request = request(path).header("Accept", "text/event-stream").GET();
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> response = send(request);
    try (InputStream body = response.body()) {
      refuseErrors(response.statusCode(), body);
      return new EventStream(body).read(lastEventId, consumer);
    }
  }

  /** {@code path?name=value…}, percent-encoded. */
  public static String query(String path, Map<String, String> parameters) {
    var text = new StringBuilder(path);
    char separator = '?';
    for (var parameter : parameters.entrySet()) {
      text.append(separator).append(parameter.getKey()).append('=')
          .append(java.net.URLEncoder.encode(parameter.getValue(), java.nio.charset.StandardCharsets.UTF_8));
      separator = '&';
    }
    return text.toString();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(server.resolve(path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private JsonObject json(HttpRequest.Builder request) {
    HttpResponse<InputStream> response = send(request);
    try (InputStream body = response.body()) {
      return json(response.statusCode(), body);
    } catch (IOException e) {
      throw new UnreachableException("the server at " + server + " broke off its answer (" + e.getMessage() + ")", e);
    }
  }

  private JsonObject json(int status, InputStream body) throws IOException {
    refuseErrors(status, body);
    byte[] bytes = limited(body);
    return bytes.length == 0 ? JsonObject.EMPTY : object(bytes);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted while waiting for the server at " + server, e);
    }
  }

  private UnreachableException unreachable(IOException e) {
    if (!(e instanceof SSLException)) {
      return new UnreachableException("the server at " + server + " does not answer: " + reason(e), e);
    }
    return new UnreachableException(isAboutTheCertificate(e)
        ? "the certificate of " + server + " is not trusted (" + e.getMessage()
            + "); log in again with `sallyport login " + server
            + "` if the server's certificate was changed on purpose"
        : "no TLS connection to " + server + " came about (" + e.getMessage()
            + "); something other than the server may answer there, or it is overloaded: try again",
        e);
  }

  private static boolean isAboutTheCertificate(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  /** Java's client wraps what happened, and says nothing of it. */
  private String reason(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "the name " + server.getHost() + " is not known here; check the spelling";
      }
    }
    return switch (e) {
      case HttpTimeoutException _,SocketTimeoutException _ ->
        "it took too long; a firewall may drop the connection, or the server is down";
      case ConnectException _ -> "the connection was refused; is it running, is the port right?";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  private static byte[] limited(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES + 1);
    if (bytes.length > MAX_ANSWER_BYTES) {
      throw new IOException("the answer is larger than " + MAX_ANSWER_BYTES + " bytes");
    }
    return bytes;
  }

  private JsonObject object(byte[] bytes) {
    try {
      return Json.parse(bytes, ANSWER) instanceof JsonObject object ? object : unexpected(null);
    } catch (ProtocolException e) {
      return unexpected(e);
    }
  }

  private JsonObject unexpected(@org.jspecify.annotations.Nullable ProtocolException e) {
    throw new UnreachableException("what answers at " + server + " is not a Sallyport server",
        e == null ? new ProtocolException("expected an object") : e);
  }

  private void refuseErrors(int status, InputStream body) throws IOException {
    if (status >= OK_FROM && status < OK_BELOW) {
      return;
    }
    byte[] bytes = limited(body);
    JsonObject problem;
    try {
      problem = Json.parse(bytes, ANSWER) instanceof JsonObject object ? object : JsonObject.EMPTY;
    } catch (ProtocolException _) {
      // A proxy or another product answered: its page is of no use to the reader, the status is.
      problem = JsonObject.EMPTY;
    }
    String detail = first(Fields.text(problem, "detail"), Fields.text(problem, "title"),
        "the server at " + server + " answered with status " + status);
    String field = Fields.text(problem, "field");
    throw new ApiException(status, first(Fields.text(problem, "code"), "http-" + status),
        field.isEmpty() ? detail : field + ": " + detail, Fields.text(problem, "fix"));
  }

  private static String first(String... candidates) {
    for (String candidate : candidates) {
      if (!candidate.isEmpty()) {
        return candidate;
      }
    }
    return "";
  }
}
