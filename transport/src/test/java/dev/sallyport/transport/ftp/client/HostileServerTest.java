package dev.sallyport.transport.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TestAuthority;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class HostileServerTest {
  private static final TlsLayer TLS = new TlsLayer(
      TlsTrust.pinned(List.of(TestAuthority.selfSigned("localhost").keyPin())));

  private final ServerSocket control = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ServerSocket data = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  HostileServerTest() throws IOException {
  }

  @AfterEach
  void close() throws IOException {
    control.close();
    data.close();
  }

  private interface Script {
    void serve(Socket connection, OutputStream out) throws IOException;
  }

  private void play(ServerSocket listener, Script script) {
    Thread.ofVirtual().start(() -> {
      try (Socket connection = listener.accept()) {
        script.serve(connection, connection.getOutputStream());
      } catch (IOException e) {
        // the client had enough
      }
    });
  }

  /** Answers each command by its first letters; what is not named gets 200. */
  private void answer(String... answers) {
    play(control, (connection, out) -> {
      var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
      out.write("220 hello\r\n".getBytes(StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String answer = "200 fine\r\n";
        for (int i = 0; i < answers.length; i += 2) {
          answer = line.startsWith(answers[i]) ? answers[i + 1] : answer;
        }
        out.write(answer.getBytes(StandardCharsets.UTF_8));
      }
    });
  }

  private FtpClient open(Duration time) throws IOException {
    return open("ftp://u:secret@localhost:" + control.getLocalPort(), time);
  }

  private static FtpClient open(String address, Duration time) throws IOException {
    return FtpClient.open(new FtpSite(ServerAddress.of(address), Route.DIRECT, TLS), Deadline.in(time));
  }

  @Test
  void anEndlessGreetingIsNotHeardToItsEnd() {
    play(control, (connection, out) -> {
      byte[] line = "220-and another thing\r\n".getBytes(StandardCharsets.UTF_8);
      while (true) {
        out.write(line);
      }
    });

    assertThatThrownBy(() -> open(Duration.ofSeconds(60))).isInstanceOf(IOException.class)
        .hasMessageContaining("more than 200 lines");
  }

  @Test
  void aLineOfAGibibyteIsNotHeardToItsEnd() {
    play(control, (connection, out) -> {
      byte[] line = "220 ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
      while (true) {
        out.write(line);
      }
    });

    assertThatThrownBy(() -> open(Duration.ofSeconds(60))).isInstanceOf(IOException.class)
        .hasMessageContaining("more than 1024 bytes");
  }

  @Test
  void aByteNowAndThenKeepsNobodyWaiting() {
    play(control, (connection, out) -> {
      connection.setSoTimeout(20);
      while (true) {
        out.write(' ');
        try {
          connection.getInputStream().read();
        } catch (SocketTimeoutException e) {
          // a while has passed
        }
      }
    });

    assertThatThrownBy(() -> open(Duration.ofMillis(300))).isInstanceOf(SocketTimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"227 go there (192,0,2,1,%d,%d)\r\n", "227 go there (127,0,0,2,%d,%d)\r\n"})
  void aTransferGoesToTheServerItselfWhateverAddressItNames(String passive) throws Exception {
    int port = data.getLocalPort();
    answer("EPSV", "500 what\r\n", "PASV", passive.formatted(port >> 8, port & 0xFF), "RETR",
        "150 now\r\n226 done\r\n");
    play(data, (connection, out) -> out.write(new byte[]{1, 2, 3}));

    try (FtpClient client = open(Duration.ofSeconds(60))) {
      assertThat(client.retrieve("x", 3)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void unendingDataAreNotReadToTheirEnd() throws Exception {
    answer("EPSV", "229 (|||" + data.getLocalPort() + "|)\r\n", "RETR", "150 now\r\n");
    play(data, (connection, out) -> {
      byte[] piece = new byte[65_536];
      while (true) {
        out.write(piece);
      }
    });

    try (FtpClient client = open(Duration.ofSeconds(60))) {
      assertThatThrownBy(() -> client.retrieve("x", 1_000_000)).isInstanceOf(IOException.class)
          .hasMessageContaining("more than the 1000000 bytes");
    }
  }

  @Test
  void anUnendingListingIsNotReadToItsEnd() throws Exception {
    answer("EPSV", "229 (|||" + data.getLocalPort() + "|)\r\n", "NLST", "150 now\r\n");
    AtomicInteger pieces = new AtomicInteger();
    play(data, (connection, out) -> {
      byte[] piece = "../../etc/passwd\r\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
      while (true) {
        out.write(piece);
        pieces.incrementAndGet();
      }
    });

    try (FtpClient client = open(Duration.ofSeconds(60))) {
      assertThatThrownBy(() -> client.list("x")).isInstanceOf(IOException.class).hasMessageContaining("bytes that fit");
      assertThat(pieces).hasValueLessThan(2_000);
    }
  }

  @Test
  void aRefusedPasswordIsNotSaidAgain() {
    answer("USER", "331 go on\r\n", "PASS", "530 not\u001b[2J so\r\n");

    assertThatThrownBy(() -> open(Duration.ofSeconds(60))).isInstanceOf(IOException.class)
        .hasMessageContaining("check user and password").hasMessageNotContaining("secret")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void aPasswordWithALineEndIsNotSent() {
    answer("USER", "331 go on\r\n");

    assertThatThrownBy(
        () -> open("ftp://u:secret%0D%0ADELE%20x@localhost:" + control.getLocalPort(), Duration.ofSeconds(60)))
        .isInstanceOf(IOException.class).hasMessageContaining("PASS has a control character")
        .hasMessageNotContaining("secret");
  }

  @Test
  void wordsSlippedInBeforeTlsAreNoticed() {
    answer("AUTH", "234 go on\r\n230 and you are in\r\n");

    assertThatThrownBy(
        () -> open("ftps://u:secret@localhost:" + control.getLocalPort(), Duration.ofSeconds(60)))
        .isInstanceOf(IOException.class).hasMessageContaining("behind the answer to AUTH");
  }

  @Test
  void aServerWithoutTlsGetsNoPassword() {
    answer("AUTH", "502 what\r\n", "PASS", "230 thank you\r\n");

    assertThatThrownBy(
        () -> open("ftps://u:secret@localhost:" + control.getLocalPort(), Duration.ofSeconds(60)))
        .isInstanceOf(FtpRefusal.class).hasMessageContaining("refused AUTH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"213\r\n", "213 many\r\n", "213 99999999999999999999\r\n", "150 so\r\n", "220 so\r\n"})
  void aSizeThatIsNoneIsRefused(String answer) throws Exception {
    answer("SIZE", answer);

    try (FtpClient client = open(Duration.ofSeconds(60))) {
      assertThatThrownBy(() -> client.size("x")).isInstanceOf(IOException.class);
    }
  }
}
