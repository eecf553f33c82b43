package dev.sallyport.transport.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ftp.FaultyFtpServer.Skill;
import dev.sallyport.transport.ftp.client.FtpSite;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TestAuthority;
import dev.sallyport.transport.tls.TestIdentity;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
@SuppressWarnings("try") // to close a wire is what some tests are about
class FtpWireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final TestIdentity IDENTITY = TestAuthority.selfSigned("localhost");
  private static final TlsTrust TRUST = TlsTrust.pinned(List.of(IDENTITY.keyPin()));
  private static final FtpBinding BINDING = new FtpBinding(TRUST, LOOK);
  /** Commands of the exchange below, with room. */
  private static final int POINTS = 60;
  private static final int MESSAGES = 3;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void carriesMessagesInOrderBothWays(boolean secured) throws Exception {
    try (FaultyFtpServer server = server(secured, (number, command) -> Fate.SERVED);
        Wire wire = dial(server);
        ServerSide other = otherSide(server)) {
      wire.send(new byte[]{1});
      wire.send(new byte[]{2});
      other.exchange.put(new byte[]{3});

      assertThat(other.next()).containsExactly(1);
      assertThat(other.next()).containsExactly(2);
      assertThat(wire.receive()).containsExactly(3);
      assertThat(wire.facts().transport()).isEqualTo("ftp");
      assertThat(wire.facts().tlsLeafSha256()).hasSize(secured ? 32 : 0);
      assertThat(server.failures()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Skill.class)
  void doesWithoutWhatAServerDoesNotKnow(Skill missing) throws Exception {
    EnumSet<Skill> skills = EnumSet.complementOf(EnumSet.of(missing));
    if (missing == Skill.NLST) {
      skills = EnumSet.noneOf(Skill.class);
    }
    try (FaultyFtpServer server = new FaultyFtpServer(null, skills, (number, command) -> Fate.SERVED);
        Wire wire = dial(server);
        ServerSide other = otherSide(server)) {
      exchange(wire, other);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Fate.class, names = "SERVED", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("K4 whatever breaks at whichever command, each message arrives once and in order")
  void everyMessageArrivesOnceAndInOrderWhereverACutFalls(Fate fate) throws Exception {
    try (ExecutorService lanes = Executors.newFixedThreadPool(12)) {
      List<Future<Integer>> runs = new ArrayList<>();
      for (int i = 0; i < POINTS; i++) {
        int point = i;
        runs.add(lanes.submit(() -> runWithFault(point, fate)));
      }
      int struck = 0;
      for (Future<Integer> run : runs) {
        struck += run.get();
      }
      assertThat(struck).isGreaterThan(POINTS / 2);
    }
  }

  /** Returns 1 if the fault came to pass; counts from the first command behind the dial. */
  private static int runWithFault(int point, Fate fate) throws Exception {
    CompletableFuture<Integer> dialled = new CompletableFuture<>();
    BiFunction<Integer, String, Fate> script = (number, command) -> number == dialled.getNow(1_000_000) + point
        ? fate
        : Fate.SERVED;
    try (FaultyFtpServer server = server(point % 8 == 7, script); Wire wire = dial(server)) {
      dialled.complete(server.commands.size());
      try (ServerSide other = otherSide(server)) {
        exchange(wire, other);
        wire.close();
        assertThat(other.ended.get(60, TimeUnit.SECONDS)).as("orderly end with %s at %d", fate, point).isTrue();
        assertThat(other.arrived).isEmpty();
      }
      assertThat(server.files.keySet()).noneMatch(name -> name.endsWith(".slp"));
      assertThat(server.failures()).isEmpty();
      return server.commands.size() > dialled.join() + point ? 1 : 0;
    }
  }

  private static void exchange(Wire wire, ServerSide other) throws Exception {
    wire.readTimeout(PATIENCE);
    for (int i = 0; i < MESSAGES; i++) {
      wire.send(message(i));
      other.exchange.put(message(100 + i));
      assertThat(other.next()).isEqualTo(message(i));
      assertThat(wire.receive()).isEqualTo(message(100 + i));
    }
  }

  private static byte[] message(int number) {
    return ByteBuffer.allocate(64).putInt(number).array();
  }

  @Test
  void aTransferOfManyMebibytesArrivesWholeInBothDirections() throws Exception {
    int messages = 130; // some 8 MiB each way
    try (FaultyFtpServer server = FaultyFtpServer.faithful();
        Wire wire = dial(server);
        ServerSide other = otherSide(server)) {
      byte[] sent = digest(messages, number -> {
        byte[] message = new byte[TransportMessage.MAX_MESSAGE_BYTES];
        new Random(number).nextBytes(message);
        wire.send(message);
        other.exchange.put(message);
        return message;
      });
      byte[] up = digest(messages, number -> other.next());
      byte[] down = digest(messages, number -> wire.receive());

      assertThat(up).isEqualTo(sent);
      assertThat(down).isEqualTo(sent);
    }
  }

  private interface Source {
    byte[] get(int number) throws Exception;
  }

  private static byte[] digest(int messages, Source source) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < messages; i++) {
      digest.update(source.get(i));
    }
    return digest.digest();
  }

  @Test
  void aSenderWaitsWhileTheOtherSideTakesNothing() throws Exception {
    try (FaultyFtpServer server = FaultyFtpServer.faithful();
        Wire wire = dial(server);
        ServerSide other = otherSide(server)) {
      other.room = false;
      CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
        try {
          for (int i = 0; i < 100; i++) {
            wire.send(new byte[TransportMessage.MAX_MESSAGE_BYTES]);
          }
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      long most = 0;
      for (int looks = 0; looks < 200; looks++) { // each look is a command of the polling wire
        int before = server.commands.size();
        while (server.commands.size() == before) {
          Thread.onSpinWait();
        }
        most = Math.max(most, server.files.values().stream().mapToLong(file -> file.length).sum());
      }
      assertThat(most).isLessThan(4 * 1024 * 1024);
      assertThat(sender).isNotDone();

      other.room = true;
      for (int i = 0; i < 100; i++) {
        assertThat(other.next()).hasSize(TransportMessage.MAX_MESSAGE_BYTES);
      }
      sender.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatTheServerSaidBeforeItClosedIsHeardFirst() throws Exception {
    try (FaultyFtpServer server = FaultyFtpServer.faithful();
        Wire wire = dial(server);
        ServerSide other = otherSide(server)) {
      other.exchange.put(new byte[]{7});
      other.exchange.finish();

      assertThat(wire.receive()).containsExactly(7);
      assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> wire.send(new byte[]{1})).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatWasSentBeforeTheWireClosedIsHeardFirst() throws Exception {
    try (FaultyFtpServer server = FaultyFtpServer.faithful();
        Wire wire = dial(server);
        ServerSide other = otherSide(server)) {
      other.exchange.put(new byte[]{1});
      assertThat(wire.receive()).containsExactly(1);
      wire.send(new byte[]{7});
      wire.close();
      wire.close();

      assertThat(other.next()).containsExactly(7);
      assertThat(other.ended.get(60, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> wire.send(new byte[]{1})).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aReadTimeOutLosesNothing() throws Exception {
    try (FaultyFtpServer server = FaultyFtpServer.faithful();
        Wire wire = dial(server);
        ServerSide other = otherSide(server)) {
      wire.readTimeout(Duration.ofMillis(30));
      assertThatThrownBy(wire::receive).isInstanceOf(SocketTimeoutException.class);
      other.exchange.put(new byte[]{7});
      wire.readTimeout(PATIENCE);

      assertThat(wire.receive()).containsExactly(7);
    }
  }

  @Test
  void anAttemptThatNobodyAnswersLeavesNothingBehind() throws Exception {
    try (FaultyFtpServer server = FaultyFtpServer.faithful()) {
      Wire wire = dial(server);
      wire.send(new byte[]{7});
      wire.close();

      awaitTrue(() -> server.links().isEmpty() && server.files.isEmpty());
    }
  }

  @Test
  void aLookThatGreetsNobodyIsTakenBackByTheSameLogIn() throws Exception {
    try (FaultyFtpServer server = FaultyFtpServer.faithful()) {
      dial(server).close();

      awaitTrue(() -> server.links().isEmpty());
      assertThat(List.copyOf(server.commands)).filteredOn(command -> command.startsWith("PASS ")).hasSize(1);
      assertThat(List.copyOf(server.commands)).noneMatch(command -> command.startsWith("STOR "));
    }
  }

  @Test
  void closingEndsABlockedReceive() throws Exception {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    try (FaultyFtpServer server = FaultyFtpServer.faithful()) {
      Wire wire = dial(server);
      Thread.ofVirtual().start(() -> {
        try {
          wire.receive();
        } catch (IOException e) {
          ended.complete(e);
        }
      });
      wire.close();

      assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void refusesWhatIsNoMessage() throws Exception {
    try (FaultyFtpServer server = FaultyFtpServer.faithful(); Wire wire = dial(server)) {
      assertThatThrownBy(() -> wire.send(new byte[0])).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> wire.send(new byte[TransportMessage.MAX_MESSAGE_BYTES + 1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void awaitTrue(Condition condition) {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("it did not come about");
      }
      Thread.onSpinWait();
    }
  }

  private static FaultyFtpServer server(boolean secured, BiFunction<Integer, String, Fate> script) throws IOException {
    return new FaultyFtpServer(secured ? IDENTITY : null, Set.of(Skill.values()), script);
  }

  private static Wire dial(FaultyFtpServer server) throws IOException {
    return BINDING.dial(server.address(), PATIENCE);
  }

  private static ServerSide otherSide(FaultyFtpServer server) {
    var site = new FtpSite(server.address(), Route.DIRECT, TlsLayer.resuming(TRUST));
    return new ServerSide(new FtpDepot(site), server.links().getFirst(), LOOK);
  }
}
