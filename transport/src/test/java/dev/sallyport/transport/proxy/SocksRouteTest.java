package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("K6 through a SOCKS proxy")
final class SocksRouteTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HexFormat HEX = HexFormat.of();

  private static Connection open(LoopbackPeer proxy, String prefix, String host) throws IOException {
    return ProxyAddress.of(prefix + "127.0.0.1:" + proxy.port()).route().open(host, 0x1234, Deadline.in(PATIENCE));
  }

  /** Expects bytes and answers others, in turn; all in hexadecimal. */
  private static LoopbackPeer.Script dialogue(CompletableFuture<String> heard, String... turns) {
    return (_, in, out) -> {
      var all = new StringBuilder();
      for (int i = 0; i < turns.length; i += 2) {
        all.append(HEX.formatHex(in.readNBytes(turns[i].length() / 2))).append(' ');
        out.write(HEX.parseHex(turns[i + 1]));
      }
      heard.complete(all.toString().strip());
      out.write(in.read());
    };
  }

  private static String hex(String text) {
    return HEX.formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @CsvSource({"server.example, 030e7365727665722e6578616d706c65", "10.1.2.3, 010a010203",
      "fd00::1, 04fd000000000000000000000000000001"})
  void leavesTheLookUpOfNamesToTheProxy(String host, String address) throws Exception {
    var heard = new CompletableFuture<String>();
    String request = "050100" + address + "1234";
    try (var proxy = new LoopbackPeer(dialogue(heard, "050100", "0500", request, "05000003046162636400ff"));
        var bottom = open(proxy, "socks5://", host).bottom()) {
      bottom.getOutputStream().write(9);
      assertThat(bottom.getInputStream().read()).isEqualTo(9); // the answer was read to its last byte
      assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo("050100 " + request);
    }
  }

  @Test
  void logsInWhenAsked() throws Exception {
    var heard = new CompletableFuture<String>();
    String login = "0104" + hex("jane") + "06" + hex("secret");
    String request = "050100010a0000011234";
    try (var proxy = new LoopbackPeer(
        dialogue(heard, "05020002", "0502", login, "0100", request, "05000001000000000000"))) {
      open(proxy, "socks5://jane:secret@", "10.0.0.1").bottom().close();
      assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo("05020002 " + login + " " + request);
    }
  }

  @ParameterizedTest
  @CsvSource({"05ff, neither strangers nor", "0502 0101, does not accept the user name or password",
      "0500 0502, forbids connections", "0500 0505, found nobody listening", "0500 0563, SOCKS reply 99",
      "0500 05000007, an answer that SOCKS 5 does not know", "4854, does not speak SOCKS 5",
      "05, closed the connection",
      "0500 0500, closed the connection"})
  void saysWhatIsWrong(String answers, String words) throws IOException {
    try (var proxy = new LoopbackPeer((_, in, out) -> {
      out.write(HEX.parseHex(answers.replace(" ", ""))); // whatever is asked
    })) {
      assertThatThrownBy(() -> open(proxy, "socks5://jane:secret@", "10.0.0.1")).isInstanceOf(IOException.class)
          .hasMessageContaining("socks5 proxy 127.0.0.1:" + proxy.port()).hasMessageContaining(words)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void saysThatALoginIsMissing() throws IOException {
    var heard = new CompletableFuture<String>();
    try (var proxy = new LoopbackPeer(dialogue(heard, "050100", "05ff"))) {
      assertThatThrownBy(() -> open(proxy, "socks5://", "10.0.0.1")).hasMessageContaining("demands a log-in");
    }
  }

  @Test
  void refusesTextsThatSocksCannotCarry() throws IOException {
    var heard = new CompletableFuture<String>();
    try (var proxy = new LoopbackPeer(dialogue(heard, "050100", "0500"))) {
      assertThatThrownBy(() -> open(proxy, "socks5://", "x".repeat(256))).hasMessageContaining("1 to 255 bytes");
    }
  }

  @Test
  void socks4CarriesNamesToo() throws Exception {
    var heard = new CompletableFuture<String>();
    String request = "0401123400000001" + hex("jane") + "00" + hex("server.example") + "00";
    try (var proxy = new LoopbackPeer(dialogue(heard, request, "005a000000000000"));
        var bottom = open(proxy, "socks4a://jane@", "server.example").bottom()) {
      bottom.getOutputStream().write(9);
      assertThat(bottom.getInputStream().read()).isEqualTo(9);
      assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo(request);
    }
  }

  @ParameterizedTest
  @CsvSource({"005b000000000000, could not or would not connect", "005d000000000000, does not know the user",
      "485454502f312e31, does not speak SOCKS 4", "005a, does not speak SOCKS 4"})
  void socks4SaysWhatIsWrong(String answer, String words) throws IOException {
    try (var proxy = new LoopbackPeer((_, _, out) -> out.write(HEX.parseHex(answer)))) {
      assertThatThrownBy(() -> open(proxy, "socks4a://", "server.example")).isInstanceOf(IOException.class)
          .hasMessageContaining(words);
    }
  }
}
