package dev.sallyport.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import dev.sallyport.audit.LogVerifier;
import dev.sallyport.audit.Verdict;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.audit.AuditEvent.Actor;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.fake.TestClock;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.store.Database;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.store.StoreUnavailableException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's log: written by many at once, found again, and right after interruptions. */
class AuditLogTest {
  private static final AuditSearch ALL = new AuditSearch("", "", "", "", "", "", Instant.EPOCH,
      JsonObject.MAX_INSTANT, Long.MAX_VALUE, AuditSearch.MAX_LIMIT);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;
  private final TestClock clock = new TestClock();
  private final KeyPair pair = pair();

  private AuditLog open() {
    return AuditLog.open(directory, "sallyport/0011223344556677/audit", pair, clock);
  }

  private DatabaseStore database() {
    return DatabaseStore.open(new Database.Sqlite(directory.resolve("sallyport.db")));
  }

  private static AuditEvent event(int i) {
    return AuditEvent.of(i % 2 == 0 ? "schedules.create" : "machines.approve")
        .by(new Actor(i % 3 == 0 ? "ada" : "bob", "account-" + i % 3, "session", "192.0.2.7")).on("machine-" + i % 5)
        .to("object-" + i);
  }

  @Test
  void whatWasRecordedIsThereAfterARestartAndTheLogIsSound() throws IOException {
    try (AuditLog log = open()) {
      log.record(event(0));
    }
    clock.advance(Duration.ofHours(-1));
    try (AuditLog log = open()) {
      log.record(event(1).details(JsonObject.builder().put("why", "it was asked for").build()));
      assertThat(log.size()).isEqualTo(2);
      JsonObject first = AuditLog.parse(log.entry(0));
      assertThat(first.string("type")).isEqualTo("schedules.create");
      assertThat(first.object("actor").string("user")).isEqualTo("ada");
      assertThat(AuditLog.time(AuditLog.parse(log.entry(1)))).as("a clock that was set back")
          .isEqualTo(AuditLog.time(first));
    }
    try (AuditLog log = open()) {
      assertThat(new LogVerifier(log.files(), log.key(), List.of()).verify())
          .isEqualTo(new Verdict.Sound(log.checkpoint().checkpoint(), 0));
    }
  }

  @Test
  void manyAtOnceAreAllWrittenEachUnderItsOwnNumber() throws Exception {
    try (AuditLog log = open()) {
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 40; i++) {
        int from = i * 10;
        threads.add(Thread.ofVirtual().start(() -> {
          for (int each = 0; each < 10; each++) {
            log.record(event(from + each));
          }
        }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(log.size()).isEqualTo(400);
      TestServer.await("a checkpoint after 256 entries", () -> log.checkpoint().checkpoint().size() >= 256, () -> {
      });
    }
    try (AuditLog log = open()) {
      assertThat(new LogVerifier(log.files(), log.key(), List.of()).verify()).isInstanceOf(Verdict.Sound.class);
    }
  }

  @Test
  @DisplayName("T39 whatever names hold, an entry stays one line of JSON that fits")
  void hostileTextStaysOneLine() throws IOException {
    try (AuditLog log = open()) {
      log.record(AuditEvent.of("user.auth.fail").by(Actor.at("1.2.3.4'; DROP TABLE audit_entry; --"))
          .to("a\nb\u0000\u2028\u202e\"}{" + "x".repeat(100_000)));
      log.record(event(1).details(JsonObject.builder().put("much", "y".repeat(20_000)).build()));
      assertThat(AuditLog.parse(log.entry(0)).string("obj")).doesNotContain("\n").hasSizeLessThan(256);
      assertThat(AuditLog.parse(log.entry(1)).object("det").bool("cut")).isTrue();
    }
  }

  @Test
  void aLogThatWasMeddledWithDoesNotStart() throws IOException {
    try (AuditLog log = open()) {
      log.record(event(0));
    }
    byte[] tail = Files.readAllBytes(directory.resolve("tail"));
    tail[20] ^= 1;
    Files.write(directory.resolve("tail"), tail);
    assertThatThrownBy(this::open).isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("was changed or lost entries").hasMessageContaining("keep it as evidence");
  }

  @Test
  void afterTheEndNothingIsTaken() {
    AuditLog log = open();
    log.close();
    assertThatThrownBy(() -> log.record(event(0))).isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("shutting down");
  }

  @Test
  void entriesAreFoundByPersonMachineTypeObjectResultAndTime() {
    try (DatabaseStore store = database(); AuditLog log = open(); var index = new AuditIndex(log, store)) {
      for (int i = 0; i < 10; i++) {
        log.record(event(i).result(i == 4 ? "refused" : "ok"));
      }
      log.record(AuditEvent.of("directive.given").to("d").details(
          JsonObject.builder().putStrings("machines", List.of("machine-1", "machine-77")).build()));
      index.start();
      assertThat(numbers(index, ALL)).containsExactly(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
      assertThat(numbers(index, search("ada", "", "", "", ""))).containsExactly(9L, 6L, 3L, 0L);
      assertThat(numbers(index, search("", "machine-1", "", "", ""))).containsExactly(10L, 6L, 1L);
      assertThat(numbers(index, search("", "machine-77", "directive.", "", ""))).containsExactly(10L);
      assertThat(numbers(index, search("", "", "schedules.create", "", ""))).containsExactly(8L, 6L, 4L, 2L, 0L);
      assertThat(numbers(index, search("", "", "schedules", "", ""))).isEmpty();
      assertThat(numbers(index, search("", "", "", "object-7", ""))).containsExactly(7L);
      assertThat(numbers(index, search("", "", "", "", "refused"))).containsExactly(4L);
      assertThat(numbers(index, search("' OR 1=1 --", "", "", "", ""))).isEmpty();
      var some = new AuditSearch("", "", "", "", "", "", Instant.EPOCH, JsonObject.MAX_INSTANT, Long.MAX_VALUE, 4);
      AuditIndex.Found page = index.find(some);
      assertThat(page.next()).isEqualTo(7);
      assertThat(page.entries()).hasSize(4);
      var none = new AuditSearch("", "", "", "", "", "", Instant.EPOCH, clock.instant().minusSeconds(1),
          Long.MAX_VALUE, 4);
      assertThat(numbers(index, none)).isEmpty();
    }
  }

  @Test
  void theIndexOfAnotherLogIsBuiltAnew() throws IOException {
    try (DatabaseStore store = database()) {
      try (AuditLog log = open(); var index = new AuditIndex(log, store)) {
        index.start();
        log.record(event(0));
        log.record(event(1));
        assertThat(numbers(index, ALL)).hasSize(2);
      }
      Path moved = Files.createDirectory(directory.resolve("other"));
      clock.advance(Duration.ofDays(1));
      try (AuditLog log = AuditLog.open(moved, "sallyport/0011223344556677/audit", pair, clock);
          var index = new AuditIndex(log, store)) {
        index.start();
        log.record(event(5));
        assertThat(numbers(index, ALL)).containsExactly(0L);
        assertThat(numbers(index, search("", "", "", "object-5", ""))).containsExactly(0L);
      }
    }
  }

  @Test
  @DisplayName("what was stored for the log and not carried there before a crash is carried once, by the next life")
  void theOutboxLosesNothingAndTellsNothingTwice() {
    try (DatabaseStore store = database(); AuditLog log = open(); var index = new AuditIndex(log, store)) {
      index.start();
      store.write(sql -> {
        var outbox = new AuditOutbox(sql);
        outbox.run("d1", "m1", "directive.ended", "done", OptionalInt.of(-3));
        outbox.run("d1", "m2", "directive.ended", "failed", OptionalInt.empty());
        return null;
      });
      log.record(AuditEvent.of("directive.ended").to("d1").on("m1").result("done")); // carried, and not yet taken out
      var feed = new ChangeFeed();
      try (var feeder = new OutboxFeeder(log, index, store, feed)) {
        feeder.start();
        assertThat(log.size()).isEqualTo(2);
        store.write(sql -> {
          new AuditOutbox(sql).run("d2", "m1", "directive.sent", "ok", OptionalInt.empty());
          return null;
        });
        feed.directive("d2");
        TestServer.await("the event", () -> log.size() == 3, () -> {
        });
      }
      List<AuditOutbox.Row> left = store.read(sql -> new AuditOutbox(sql).oldest());
      assertThat(left).isEmpty();
      assertThat(numbers(index, search("", "m2", "", "", "failed"))).containsExactly(1L);
    }
  }

  private static List<Long> numbers(AuditIndex index, AuditSearch search) {
    return index.find(search).entries().stream().map(AuditIndex.Entry::number).toList();
  }

  private static AuditSearch search(String person, String machine, String type, String object, String result) {
    return new AuditSearch(person, machine, "", type, object, result, Instant.EPOCH, JsonObject.MAX_INSTANT,
        Long.MAX_VALUE, AuditSearch.MAX_LIMIT);
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
