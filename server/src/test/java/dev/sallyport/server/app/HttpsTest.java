package dev.sallyport.server.app;

import static dev.sallyport.server.app.RunningServer.NAME;
import static dev.sallyport.server.app.RunningServer.PASSWORD;
import static dev.sallyport.server.app.RunningServer.json;
import static dev.sallyport.server.app.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real client, through TLS, the gateway and its relay, over both versions of HTTP. */
class HttpsTest {

  @TempDir
  static Path directory;
  private static RunningServer running;

  @BeforeAll
  static void start() throws IOException {
    running = RunningServer.withOwner(directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aPersonLogsInAndOut(HttpClient.Version version) throws Exception {
    try (var client = client(version)) {
      assertThat(send(client, get("/api/v1/session")).statusCode()).isEqualTo(401);

      var login = send(client, post("/api/v1/session", json("name", NAME, "password", PASSWORD)));
      assertThat(login.statusCode()).isEqualTo(200);
      assertThat(login.version()).isEqualTo(version);
      assertThat(login.headers().firstValue("Strict-Transport-Security")).isPresent();
      String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];

      var who = send(client, get("/api/v1/session").header("Cookie", cookie));
      assertThat(who.statusCode()).isEqualTo(200);
      assertThat(who.body()).contains("\"account\":{\"name\":\"olga\",\"role\":\"owner\"}");
      HttpRequest.Builder out = HttpRequest.newBuilder(uri("/api/v1/session")).DELETE().header("Cookie", cookie);
      assertThat(send(client, out.copy()).statusCode()).as("without CSRF token").isEqualTo(403);
      assertThat(send(client, out.header("X-CSRF-TOKEN", text(who.body(), "token"))).statusCode()).isEqualTo(204);
      assertThat(send(client, get("/api/v1/session").header("Cookie", cookie)).statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aProgramLogsInAndOut(HttpClient.Version version) throws Exception {
    try (var client = client(version)) {
      var created = send(client, post("/api/v1/tokens", json("name", NAME, "password", PASSWORD, "label", "laptop")));
      assertThat(created.statusCode()).isEqualTo(201);
      String bearer = "Bearer " + text(created.body(), "token");

      assertThat(send(client, get("/api/v1/session").header("Authorization", bearer)).statusCode()).isEqualTo(200);
      assertThat(send(client, get("/api/v1/session").header("Authorization", bearer + "x")).statusCode())
          .isEqualTo(401);
      assertThat(send(client, get("/api/v1/nothing").header("Authorization", bearer)).statusCode()).isEqualTo(404);
      var revoke = HttpRequest.newBuilder(uri("/api/v1/tokens/current")).DELETE().header("Authorization", bearer);
      assertThat(send(client, revoke).statusCode()).isEqualTo(204);
      assertThat(send(client, get("/api/v1/session").header("Authorization", bearer)).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void setupIsGone() throws Exception {
    try (var client = client(HttpClient.Version.HTTP_1_1)) {
      var again = send(client, post("/api/v1/setup", json("token", "x", "name", "eve", "password", PASSWORD)));
      assertThat(again.statusCode()).isEqualTo(404);
    }
  }

  private static HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  private static HttpRequest.Builder post(String path, String json) {
    return HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  private static URI uri(String path) {
    return URI.create("https://" + running.server.address() + path);
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpClient client(HttpClient.Version version) throws GeneralSecurityException {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[]{new Pinned(running.server.gateway().certificate().fingerprint())}, null);
    return HttpClient.newBuilder().sslContext(tls).version(version).build();
  }

  /** Trusts the certificate whose fingerprint the gateway tells. */
  private static final class Pinned extends X509ExtendedTrustManager {
    private final byte[] fingerprint;

    Pinned(byte[] fingerprint) {
      this.fingerprint = fingerprint;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
      try {
        byte[] seen = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
        if (!MessageDigest.isEqual(seen, fingerprint)) {
          throw new CertificateException("another certificate");
        }
      } catch (GeneralSecurityException e) {
        throw new CertificateException(e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
      throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
