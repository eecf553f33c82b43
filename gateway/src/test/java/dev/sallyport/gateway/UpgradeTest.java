package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class UpgradeTest {
  private static final String RIGHT = Requests.UPGRADE;

  @TempDir
  private Path folder;
  private GatewayScene scene;

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void theRightRequestIsUpgradedWithoutExtensions() throws Exception {
    try (TlsClient client = TlsClient.connect(scene)) {
      client.write(RIGHT.replace("Sec-WebSocket-Protocol",
          "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol"));
      String head = client.read(120);
      assertThat(head).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("extensions");
    }
  }

  @Test
  void theRightRequestMayComeByteByByte() throws Exception {
    try (TlsClient client = TlsClient.connect(scene)) {
      for (int i = 0; i < RIGHT.length(); i++) {
        client.write(RIGHT.substring(i, i + 1));
      }
      assertThat(client.read(12)).isEqualTo("HTTP/1.1 101");
    }
  }

  @Test
  @DisplayName("T18 a WebSocket that a web page asks for is refused, whatever its origin")
  void webPagesAreRefused() throws Exception {
    for (String origin : new String[]{"https://evil.example", "https://localhost", "null", ""}) {
      assertThat(answer(RIGHT.replace("Host:", "Origin: " + origin + "\r\nHost:")))
          .startsWith("HTTP/1.1 403 Forbidden");
      assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.WEB_ORIGIN);
    }
  }

  @Test
  void aBrowserThatComesByIsToldWhatThisIs() throws Exception {
    assertThat(answer("GET /agent HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 426")
        .containsIgnoringCase("upgrade: websocket").contains("People find the console at /");
  }

  @Test
  void anotherSubprotocolIsRefused() throws Exception {
    assertThat(answer(RIGHT.replace("slp1", "chat"))).startsWith("HTTP/1.1 400").contains("slp1");
    assertThat(answer(RIGHT.replace("Sec-WebSocket-Protocol: slp1\r\n", ""))).startsWith("HTTP/1.1 400");
  }

  @Test
  void onlyTheExactPathIsAnAgents() throws Exception {
    assertThat(answer(RIGHT.replace("/agent ", "/agent/ "))).startsWith("HTTP/1.1 404");
    assertThat(answer(RIGHT.replace("/agent ", "/agent?x=1 "))).startsWith("HTTP/1.1 404");
    assertThat(answer(RIGHT.replace("/agent ", "/agent/../agent "))).startsWith("HTTP/1.1 404");
  }

  @Test
  void whatIsNotHttpIsRefused() throws Exception {
    assertThat(answer("GET /agent SPDY/9\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(answer("GET /agent?" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 4");
    assertThat(answer(RIGHT.replace("Host:", "X: " + "y".repeat(10_000) + "\r\nHost:"))).startsWith("HTTP/1.1 4");
  }

  @Test
  void aBodyLargerThanAnyRequestHasIsRefused() throws Exception {
    assertThat(answer(RIGHT.replace("Host:", "Content-Length: 100000\r\nHost:"))).startsWith("HTTP/1.1 413");
  }

  private String answer(String request) throws IOException {
    try (TlsClient client = TlsClient.connect(scene)) {
      client.write(request);
      return client.readAll();
    }
  }
}
