package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.transport.ftp.FtpBinding;
import dev.sallyport.transport.ftp.client.FtpClient;
import dev.sallyport.transport.ftp.client.FtpRefusal;
import dev.sallyport.transport.ftp.client.FtpSite;
import dev.sallyport.transport.ftp.exchange.Batch;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
@DisplayName("K4 the built-in FTP server's account can do nothing but the exchange")
class FtpAccountTest {
  private static final String ONE = "0123456789abcdef";
  private static final String OTHER = "1123456789abcdef";
  private static final String FILE = "-0000000000000001.slp";
  private static final String DRAFT = "-0000000000000001.0.part";

  @TempDir
  private Path folder;
  private FtpPlace.Opened opened;
  private Path root;

  @BeforeEach
  void open() throws IOException {
    Path old = Files.createDirectories(folder.resolve("exchange").resolve(OTHER).resolve("up"));
    Files.writeString(old.resolve(OTHER + FILE), "of an earlier life");
    opened = FtpPlace.builtIn(folder, Scheme.FTP, 3, 4 * 1024 * 1024);
    root = folder.resolve("exchange");
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private FtpClient client() throws IOException {
    return FtpClient.open(new FtpSite(opened.address(), Route.DIRECT, TlsLayer.resuming(opened.trust())), soon());
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(60));
  }

  private static void makeLink(FtpClient client, String link) throws IOException {
    client.makeDirectory(link, soon());
    client.makeDirectory(link + "/up", soon());
    client.makeDirectory(link + "/down", soon());
  }

  @Test
  void whatAnEarlierLifeLeftIsGone() throws IOException {
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theLinksAreNotListed() throws IOException {
    try (FtpClient client = client()) {
      makeLink(client, ONE);
      assertThat(client.list("")).isEmpty();
      assertThat(client.list("/")).isEmpty();
      assertThat(client.list(ONE)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "..", "../x", ONE + "/x", ONE + "/up/x", ONE + "/up/..", "0123456789ABCDEF",
      ONE + "/up/" + ONE + FILE, "/etc", ONE + "/../x"})
  void noOtherDirectoryCanBeMade(String path) throws IOException {
    try (FtpClient client = client()) {
      makeLink(client, ONE);
      assertThatThrownBy(() -> client.makeDirectory(path, soon())).isInstanceOf(FtpRefusal.class);
      assertThat(Files.exists(folder.resolve("x"))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "../x", ONE + "/x", ONE + "/up/x", ONE + "/down/" + ONE + FILE,
      ONE + "/up/" + OTHER + FILE, ONE + "/up/../../x", "/" + ONE + "/down/" + ONE + DRAFT, ONE + "/" + ONE + FILE})
  void nothingElseCanBeWritten(String path) throws IOException {
    try (FtpClient client = client()) {
      makeLink(client, ONE);
      assertThatThrownBy(() -> client.store(path, new byte[1])).isInstanceOf(IOException.class);
      assertThat(files()).isEmpty();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void whatWasSentCannotBeReadBack() throws IOException {
    try (FtpClient client = client()) {
      makeLink(client, ONE);
      client.store(ONE + "/up/" + ONE + DRAFT, new byte[1]);
      assertThatThrownBy(() -> client.retrieve(ONE + "/up/" + ONE + DRAFT, 10)).isInstanceOf(FtpRefusal.class);
      assertThatThrownBy(() -> client.retrieve("/etc/hostname", 1_000)).isInstanceOf(FtpRefusal.class);
      assertThatThrownBy(() -> client.retrieve("../tls/../../../etc/hostname", 1_000)).isInstanceOf(FtpRefusal.class);
    }
  }

  @Test
  void aFileIsRenamedWithinItsLinkOnly() throws IOException {
    try (FtpClient client = client()) {
      makeLink(client, ONE);
      makeLink(client, OTHER);
      client.store(ONE + "/up/" + ONE + DRAFT, new byte[1]);
      for (String target : List.of(OTHER + "/up/" + OTHER + FILE, ONE + "/down/" + ONE + FILE, "x", "../x")) {
        assertThatThrownBy(() -> client.rename(ONE + "/up/" + ONE + DRAFT, target)).isInstanceOf(FtpRefusal.class);
      }
      assertThatThrownBy(() -> client.rename(OTHER, "2123456789abcdef")).isInstanceOf(FtpRefusal.class);
      assertThat(files()).hasSize(1);
    }
  }

  @Test
  void aFileHasItsLimit() throws IOException {
    try (FtpClient client = client()) {
      makeLink(client, ONE);
      client.store(ONE + "/up/" + ONE + DRAFT, new byte[Batch.MAX_BYTES]);
      assertThatThrownBy(() -> client.store(ONE + "/up/" + ONE + "-0000000000000002.0.part",
          new byte[Batch.MAX_BYTES + 1])).isInstanceOf(IOException.class);
    }
  }

  @Test
  void filesHaveTheirNumberAndTheirSpace() throws IOException {
    try (FtpClient client = client()) {
      makeLink(client, ONE);
      makeLink(client, OTHER);
      for (int i = 0; i < 24; i++) {
        client.store(ONE + "/up/" + ONE + "-000000000000000" + i % 10 + "." + i + ".part", new byte[1]);
      }
      assertThatThrownBy(() -> client.store(ONE + "/up/" + ONE + DRAFT + "", new byte[1]))
          .isInstanceOf(IOException.class);
    }
    try (FtpClient client = client()) {
      for (int i = 0; i < 7; i++) {
        client.store(OTHER + "/up/" + OTHER + "-000000000000000" + i + ".0.part", new byte[Batch.MAX_BYTES]);
      }
      assertThatThrownBy(() -> client.store(OTHER + "/up/" + OTHER + "-0000000000000008.0.part",
          new byte[Batch.MAX_BYTES])).isInstanceOf(IOException.class);
    }
    try (FtpClient client = client()) {
      client.delete(OTHER + "/up/" + OTHER + "-0000000000000000.0.part");
      client.store(OTHER + "/up/" + OTHER + "-0000000000000009.0.part", new byte[Batch.MAX_BYTES / 2]);
    }
  }

  @Test
  void thereAreNoMoreLinksThanTheLimit() throws IOException {
    try (FtpClient client = client()) {
      makeLink(client, ONE);
      makeLink(client, OTHER);
      makeLink(client, "2123456789abcdef");
      assertThatThrownBy(() -> client.makeDirectory("3123456789abcdef", soon())).isInstanceOf(FtpRefusal.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PORT 127,0,0,1,0,80", "EPRT |1|127.0.0.1|80|", "REST 1", "APPE x", "STOU", "SITE WHO",
      "MFMT 20260101000000 x", "MDTM x", "MD5 x", "STAT /", "REIN", "CDUP", "OPTS UTF8 ON"})
  void noOtherCommandIsKnown(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), opened.address().port())) {
      socket.setSoTimeout(60_000);
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      say(socket, "USER agents");
      say(socket, "PASS " + FtpPlace.PASSWORD);
      say(socket, command);
      assertThat(
          Stream.of(in.readLine(), in.readLine(), in.readLine(), in.readLine()).map(line -> line.substring(0, 3)))
          .containsExactly("220", "331", "230", "502");
    }
  }

  @Test
  void strangersCannotTakeMoreThanTheirNumberOfConnections() throws IOException {
    var guests = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 2 * (3 + 64); i++) {
        assertThat(greeted(guests)).isEqualTo('2');
      }
      assertThat(greeted(guests)).isEqualTo(-1);
    } finally {
      for (Socket guest : guests) {
        guest.close();
      }
    }
  }

  /** The first byte that another connection hears, or -1. */
  private int greeted(List<Socket> guests) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), opened.address().port());
    guests.add(socket);
    socket.setSoTimeout(60_000);
    return socket.getInputStream().read();
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"agents:wrong", "anonymous:x", "admin:admin", "agents:"})
  void nobodyElseComesIn(String user) {
    var address = ServerAddress.of("ftp://" + user + "@localhost:" + opened.address().port());

    assertThatThrownBy(() -> new FtpBinding(opened.trust()).dial(address, GatewayScene.PATIENCE))
        .isInstanceOf(IOException.class).hasMessageContaining("check user and password");
  }
}
