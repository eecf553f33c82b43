package dev.sallyport.cli.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BulkAnswerTest {
  private static BulkAnswer answer(String text) throws IOException {
    return BulkAnswer.read(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
  }

  private static String body(String text) throws IOException {
    return new String(answer(text).body().readAllBytes(), ISO_8859_1);
  }

  @Test
  void aBodyEndsWhereItsLengthSays() throws IOException {
    assertThat(body("HTTP/1.1 200 OK\r\ncontent-LENGTH: 3 \r\n\r\nabcdef")).isEqualTo("abc");
    assertThat(body("HTTP/1.1 200\nContent-Length: 0\n\nabc")).isEmpty();
  }

  @Test
  void aBodyInPiecesEndsWithTheEmptyOne() throws IOException {
    assertThat(body("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n"
        + "3\r\nabc\r\n0A;x=y\r\n0123456789\r\n0\r\n\r\nrest")).isEqualTo("abc0123456789");
  }

  @Test
  void aBodyWithoutALengthEndsWithTheConnection() throws IOException {
    assertThat(body("HTTP/1.0 404 Not Found\r\n\r\nnothing")).isEqualTo("nothing");
  }

  @Test
  void anInterimAnswerHasNoBody() throws IOException {
    BulkAnswer answer = answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
    assertThat(answer.isInterim()).isTrue();
    assertThat(answer.body().readAllBytes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Le",
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"})
  void whatWasCutIsNotWhole(String text) {
    assertThatThrownBy(() -> body(text)).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 900 What\r\n\r\n",
      "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n123456789\r\nabc\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n"})
  void whatMakesNoSenseIsRefused(String text) {
    assertThatThrownBy(() -> body(text)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aHeadWithoutEndIsNotGathered() {
    assertThatThrownBy(() -> answer("HTTP/1.1 200 " + "x".repeat(1 << 20))).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> answer("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(1 << 20)))
        .isInstanceOf(ProtocolException.class);
  }
}
